/** Folders of tests that start processes of the program: they need a build, and have a process each. Those that wait longest begin first. */
const apart = [
	'rollback',
	'e2e',
	'watch',
	'attempts',
	'crash',
	'cli',
	'probes',
	'gates',
	'extend',
	'processes',
	'rehearsal',
	'workspace',
];

/** Where a test's folder stands among them; -1 for tests that share a process. `path`: of a file or folder. */
export const apartAt = path => apart.indexOf(/^(?:.*[\\/])?test[\\/](\w+)/.exec(path)?.[1] ?? '');

export const isApart = path => apartAt(path) !== -1 || /\.deep\.tsx?$/.test(path);
