import {execFileSync} from 'node:child_process';
import {copyFileSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** The same date in every archive, as in those of npm. */
const date = '1985-10-26T08:15:00Z';

/**
 * An archive of one folder with these files (name in it → path), as `.tar.gz`. The same files give the same bytes: names
 * are sorted, and it has no owner and no date of its own (tar(1) of GNU, and gzip(1)).
 */
export const archive = (folder: string, files: Readonly<Record<string, string>>, to: string): void => {
	const work = mkdtempSync(join(tmpdir(), 'vira-setup-archive-'));
	try {
		mkdirSync(join(work, folder));
		for (const [name, path] of Object.entries(files)) copyFileSync(path, join(work, folder, name));
		const same = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', `--mtime=${date}`];
		const words = [
			'-C',
			work,
			'--format=ustar',
			...same,
			'--mode=u=rwX,go=rX',
			'-I',
			'gzip -n',
			'-cf',
			to,
			folder,
		];
		execFileSync('tar', words, {stdio: ['ignore', 'inherit', 'inherit']});
	} finally {
		rmSync(work, {recursive: true, force: true});
	}
};
