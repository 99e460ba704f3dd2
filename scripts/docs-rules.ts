/**
 * docs/rules.md: what the core does, rule by rule, from the sentences of its tests. A sentence begins with the rule that
 * it holds; a rule without a test has no line here.
 */
import {globSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const tests = fileURLToPath(new URL('../test/cutover', import.meta.url));
const titled = /^test\((?:'((?:[^'\\]|\\.)*)'|`([^`]*)`|"([^"]*)")/gm;
const ruled = /^(Status|[HGDSTREPMCW][1-9]) (.+)$/;

const subjects = {
	Status: 'Status',
	H: 'Hold',
	G: 'Gates',
	D: 'Go and no-go',
	S: 'Stages and T0',
	T: 'Rollback triggers',
	R: 'Rollback',
	W: 'Change window',
	E: 'Sign-off, evidence, close',
	P: 'People',
	M: 'Several hosts',
	C: 'Time and doubles',
} as const;

type Sentence = {readonly rule: string; readonly text: string};

const inFile = (path: string): readonly Sentence[] =>
	[...readFileSync(`${tests}/${path}`, 'utf8').matchAll(titled)].flatMap(([, single, template, double]) => {
		const found = ruled.exec((single ?? template ?? double ?? '').replaceAll("\\'", "'"));
		return found?.[1] && found[2] ? [{rule: found[1], text: found[2]}] : [];
	});

const subjectOf = (rule: string): string => (rule === 'Status' ? rule : rule.charAt(0));

const section = (key: string, name: string, all: readonly Sentence[]): readonly string[] => {
	const mine = all.filter(({rule}) => subjectOf(rule) === key);
	const rules = [...new Set(mine.map(({rule}) => rule))].sort();
	return mine.length === 0
		? []
		: [
				`## ${name}`,
				'',
				...rules.flatMap(rule => [
					...(rule === name ? [] : [`### ${rule}`, '']),
					...mine.filter(sentence => sentence.rule === rule).map(({text}) => `- ${text}.`),
					'',
				]),
			];
};

/** The whole page. */
export const rulesPage = (): string => {
	const files = globSync('**/*.test.{ts,tsx}', {cwd: tests}).sort();
	const all = files.flatMap(inFile);
	const lines = [
		'# The rules of a cutover',
		'',
		'Made by `npm run docs` from the names of the tests in test/cutover/; do not edit. Each sentence is held by a test of that name.',
		'',
		...Object.entries(subjects).flatMap(([key, name]) => section(key, name, all)),
	];
	return `${lines.join('\n').trimEnd()}\n`;
};
