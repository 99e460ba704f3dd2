/* Files of the workspace that a text cites: paths in code, relative to it, and links, relative to the runbook. */
import {posix} from 'node:path';
import type {Path} from '../cutover/model/runbook.ts';
import {isPath, pathOf} from '../text/code.ts';
import {links, spans} from './markdown/inline.ts';
import type {Reading} from './reading.ts';

/** Something that a text names: `link` where a link does, its code then the path that it leads to. */
export type Named = {readonly code: string; readonly from: number; readonly to: number; readonly link: boolean};

/** Where a link leads, relative to the workspace; null where that is no file in it. `folder`: of the runbook. */
export function linkedPath(target: string, folder: Path): Path | null {
	const [bare = ''] = target.split(/[#?]/);
	if (bare === '' || bare.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(bare)) return null;
	const decoded = bare.replace(/%20/gi, ' ');
	const path = posix.normalize(posix.join(folder, decoded));
	return path.startsWith('..') || !isPath(path) ? null : path;
}

/** Code and links of a text, in its order. The prompt before a command is not part of it. */
export function namedIn(text: string, {folder}: Pick<Reading, 'folder'>): readonly Named[] {
	const codes = spans(text).map(({code, from, to}) => ({
		code: code.trim().replace(/^[$#] +/, ''),
		from,
		to,
		link: false,
	}));
	const linked = links(text).flatMap(({target, from, to}): readonly Named[] => {
		const path = linkedPath(target, folder);
		return path === null ? [] : [{code: path, from, to, link: true}];
	});
	return [...codes, ...linked].filter(({code}) => code !== '').toSorted((a, b) => a.from - b.from);
}

export const citedIn = (text: string, reading: Pick<Reading, 'folder'>): readonly Path[] => [
	...new Set(
		namedIn(text, reading)
			.filter(({code}) => isPath(code))
			.map(({code}) => pathOf(code)),
	),
];
