/* What is searched for, which hit one is at, and the keys that go on. */
import type {PanelProps} from '../../panel.ts';
import {bold, dim, keyLook, type Line, span} from '../line.ts';

const text = (said: string, look = {}): Line => [span(said, look)];

/** `/refund  3 of 7`, and what moves between them; empty where nothing is searched for. */
export const searchSpans = ({view: {search, filter, filtering}}: PanelProps): Line => {
	if (filtering || search === null)
		return filter === '' ? [] : [...text(`/${filter}`, bold), ...(filtering ? [] : text('  searching …', dim))];
	const {text: sought, index, count} = search;
	const what = sought === '' ? 'failures' : `/${sought}`;
	const keys = sought === '' ? 'e' : 'n';
	return [
		...text(`${what}  ${index} of ${count}`, bold),
		...text('   '),
		...text(keys, keyLook),
		...text(' next', dim),
		...(sought === '' ? [] : [...text('  '), ...text('N', keyLook), ...text(' previous', dim)]),
	];
};
