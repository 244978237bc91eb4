/** What the header of an executable says. */
export interface ExecutableHeader {
	readonly system: 'linux' | 'darwin';
	readonly processor: 'x64' | 'arm64';
	/** Of a Mac executable: the oldest macOS that starts it, such as `13.5`. */
	readonly oldestSystem?: string;
	/** Of a Mac executable: whether it has a place for a signature. */
	readonly isSigned?: boolean;
}

type Processors = Readonly<Record<number, ExecutableHeader['processor']>>;

/** `e_machine`: EM_X86_64 and EM_AARCH64 of elf(5). */
const elfProcessors: Processors = {62: 'x64', 183: 'arm64'};

/** `cputype`: CPU_TYPE_X86_64 and CPU_TYPE_ARM64 of <mach/machine.h>. */
const machProcessors: Processors = {0x01000007: 'x64', 0x0100000c: 'arm64'};

const elfMagic = 0x7f454c46;
/** MH_MAGIC_64 of <mach-o/loader.h>, as the load commands below. */
const machMagic = 0xfeedfacf;
const machHeaderBytes = 32;
const buildVersion = 0x32;
const codeSignature = 0x1d;

const known = (processor: ExecutableHeader['processor'] | undefined): ExecutableHeader['processor'] => {
	if (processor === undefined) throw new Error('The executable is for another processor.');
	return processor;
};

/** Position of each load command of a Mac executable, by its type. */
const loadCommands = (bytes: Buffer): ReadonlyMap<number, number> => {
	const found = new Map<number, number>();
	let at = machHeaderBytes;
	for (let count = bytes.readUInt32LE(16); count > 0; count -= 1) {
		found.set(bytes.readUInt32LE(at), at);
		at += bytes.readUInt32LE(at + 4);
	}
	return found;
};

const macHeader = (bytes: Buffer): ExecutableHeader => {
	const commands = loadCommands(bytes);
	const version = commands.get(buildVersion);
	if (version === undefined) throw new Error('The executable does not say which macOS it needs.');
	const oldest = bytes.readUInt32LE(version + 12);
	return {
		system: 'darwin',
		processor: known(machProcessors[bytes.readUInt32LE(4)]),
		oldestSystem: `${oldest >> 16}.${(oldest >> 8) & 0xff}`,
		isSigned: commands.has(codeSignature),
	};
};

/** Reads the beginning of a 64-bit ELF or Mach-O file. Throws if it is neither, or for another processor. */
export const executableHeader = (bytes: Buffer): ExecutableHeader => {
	if (bytes.readUInt32BE(0) === elfMagic)
		return {system: 'linux', processor: known(elfProcessors[bytes.readUInt16LE(18)])};
	if (bytes.readUInt32LE(0) === machMagic) return macHeader(bytes);
	throw new Error('It is not an executable for Linux or macOS.');
};
