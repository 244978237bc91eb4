import {expect, test} from '@jest/globals';
import {fileSystemIn} from '../../../src/platform/real/inspect.ts';

/** As mount(8) prints it on a Mac. */
const mounts = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
/dev/disk3s7 on /nix (apfs, local, journaled, nobrowse)
/dev/disk5s1 on /Volumes/Work (2) (hfs, local, nodev, nosuid, journaled, noowners)
//alice@nas._smb._tcp.local/on%20call on /Volumes/on call (smbfs, nodev, nosuid, mounted by alice)
nas:/export on /System/Volumes/Data/home/bob (nfs, nodev, nosuid, automounted, nobrowse)
alice@host:/ on /Users/alice/remote (macfuse_nfs, nodev, nosuid, synchronous, mounted by alice)
tmpfs on /private/scratch (tmpfs, local)
`;

test.each([
	['/Users/alice', {kind: 'apfs', network: false}],
	['/nix/store', {kind: 'apfs', network: false}],
	['/nixos', {kind: 'apfs', network: false}],
	['/Volumes/Work (2)', {kind: 'hfs', network: false}],
	['/Volumes/Work (2)/vira/state', {kind: 'hfs', network: false}],
	['/Volumes/on call/state', {kind: 'smbfs', network: true}],
	['/System/Volumes/Data/home/bob/x', {kind: 'nfs', network: true}],
	['/Users/alice/remote/state', {kind: 'fuse', network: false}],
	['/private/scratch', {kind: 'tmpfs', network: false, temporary: true}],
])('%s lies on %j', (path, found) => {
	expect(fileSystemIn(mounts, path, 7)).toEqual({temporary: false, freeBytes: 7, ...found});
});

test.each([undefined, '', 'map auto_home on /System/Volumes/Data/home (autofs, automounted)\n'])(
	'if mount answers %j, the kind is unknown',
	(mounts) => {
		expect(fileSystemIn(mounts, '/Users/alice', 7)).toMatchObject({kind: 'unknown', freeBytes: 7});
	},
);
