/** docs/keys.md, from the table that the screen's dispatcher, footer and help use. */
import {actNames, acts} from '../source/screen/acts/acts.ts';
import type {Binding} from '../source/screen/keys/binding.ts';
import {bindings} from '../source/screen/keys/keys.ts';
import {cell} from './docs-cli.ts';

const headings = ['Move', 'Look', 'Log', 'Act', 'Record', 'Leave', 'Replay'] as const;

const whereText = ({where}: Binding): string => {
	if (where === 'anywhere') return 'everywhere';
	if (where === 'replay') return 'every screen of a replay';
	return where === 'cutover' ? 'every screen of a cutover' : where.join(', ');
};

const row = (binding: Binding): string =>
	`| \`${cell(binding.shown)}\` | ${binding.label} | ${cell(binding.help)} | ${whereText(binding)} | ${binding.confirms} |`;

const section = (heading: (typeof headings)[number]): string[] => [
	`## ${heading}`,
	'',
	'| key | label | does | where | before anything is done |',
	'|---|---|---|---|---|',
	...bindings.filter(binding => binding.heading === heading).map(row),
	'',
];

/** The whole page. */
export const keysPage = (): string =>
	[
		'# Keys',
		'',
		'Generated from `source/screen/keys/keys.ts` by `npm run docs`; do not edit.',
		'',
		'A key that the rules refuse now is dimmed in the footer; `?` shows why. Enter opens and goes on, and alone it never',
		'confirms anything. What cannot be undone takes its typed word, letter by letter, and an Enter of its own at least',
		'150 ms after the last letter; a paste confirms nothing. In a form Tab and the arrows change the field, ← and → the',
		'choice, or the first letter of an option takes it; Esc forgets everything that was typed.',
		'',
		'Until somebody moves it, and again after each act, the mark of the board and of the sign-offs is on what YOU or',
		'NEXT speaks of, so that the key shown beside it does exactly that.',
		'',
		...headings.flatMap(section),
		'## Everything by name',
		'',
		'`:` lists these and finds them by any part of their name.',
		'',
		'| act | does |',
		'|---|---|',
		...actNames.map(name => `| ${cell(acts[name].title)} | ${cell(acts[name].help)} |`),
		'',
	].join('\n');
