/** The canonical spelling: `127.1` is 127.0.0.1, `0:0:0:0:0:0:0:1` is [::1] (WHATWG URL, host parsing). */
const canonical = (host: string): string => {
	try {
		return new URL(`http://${host.includes(':') ? `[${host}]` : host}`).hostname;
	} catch {
		return host;
	}
};

/** Whether a server that listens on the host can be reached from this machine only. */
export const isLoopback = (host: string): boolean =>
	/^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|\[::1\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])\.?$/u.test(
		canonical(host),
	);
