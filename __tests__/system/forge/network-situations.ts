import type {Machine} from '../../../scripts/machine/machine.ts';
import {chosenSuite} from '../../../scripts/machine/recipe.ts';
import {asRoot, proxy, waryProxy} from './forge.ts';
import {giveUpSoon, over, type Situation} from './situation.ts';

const {publicHttps} = over;
const fix = {url: publicHttps};

/** A repository of another account. */
const othersFolder = (machine: Machine) =>
	asRoot(
		machine,
		'rm -rf /srv/local.git && cp -R /srv/git/public/project.git /srv/local.git && chown -R admin /srv/local.git',
	);

export const networkSituations: readonly Situation[] = [
	{
		name: 'https-proxy-of-shell',
		url: 'https://behind.example.org/public/project.git',
		shell: {https_proxy: proxy},
		code: 'repository-proxy-in-shell',
		fix: 'printed',
	},
	{
		name: 'https-proxy-upper-case',
		url: 'https://behind.example.org/public/project.git',
		shell: {HTTPS_PROXY: proxy},
		code: 'repository-proxy-in-shell',
		fix: 'printed',
	},
	{
		name: 'https-proxy-closed',
		url: publicHttps,
		service: {https_proxy: 'http://closed.example.org:3128'},
		code: 'repository-proxy-unreachable',
		fix: {service: {https_proxy: proxy}},
	},
	{
		name: 'https-proxy-password',
		url: publicHttps,
		service: {https_proxy: waryProxy},
		code: 'repository-proxy-unreachable',
		fix: {service: {https_proxy: proxy}},
	},
	{
		name: 'https-no-such-host',
		url: 'https://nowhere.example.org/public/project.git',
		code: 'repository-host-unknown',
		fix,
	},
	{
		name: 'https-no-name-server',
		url: 'https://nowhere.example.org/public/project.git',
		arrange: (machine) => asRoot(machine, 'mv /etc/resolv.conf /etc/resolv.conf.away'),
		code: 'repository-host-unknown',
		fix,
	},
	{
		name: 'https-refused',
		url: 'https://closed.example.org/public/project.git',
		code: 'repository-unreachable',
		fix,
	},
	{
		name: 'https-no-route',
		url: 'https://unreachable.example.org/public/project.git',
		code: 'repository-unreachable',
		fix,
	},
	{
		name: 'https-silent-host',
		url: 'https://silent.example.org/public/project.git',
		code: 'repository-unreachable',
		fix,
	},
	{
		name: 'https-silent-host-given-up',
		url: 'https://silent.example.org/public/project.git',
		arrange: giveUpSoon,
		code: 'repository-unreachable',
		fix,
	},
	{name: 'local-missing', url: '/srv/missing.git', code: 'repository-not-found', fix},
	{
		name: 'local-of-someone-else',
		url: 'file:///srv/local.git',
		arrange: othersFolder,
		// The git of Debian 11 does not mind who owns a repository.
		...(chosenSuite() === 'bullseye'
			? {code: 'repository-ready'}
			: {code: 'repository-owned-by-other', fix: 'printed'}),
	},
];
