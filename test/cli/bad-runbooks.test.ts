import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {complaints} from '../../source/runbook/problems/complaints.ts';
import {type Case, cases} from '../runbook/bad-runbooks.ts';
import {cases as settingsCases} from '../runbook/bad-settings.ts';
import {changed, sample} from '../runbook/sample.ts';
import {desk} from './desk.ts';

type Bad = {
	readonly name: string;
	readonly text: string | Uint8Array;
	readonly settings?: string;
	readonly code: string;
};

const lines = sample.split('\n');
const rows = lines.flatMap((line, at) => (/^\| [GT]/.test(line) ? [{line, at}] : []));
const replaced = (at: number, ...by: readonly string[]): string => lines.toSpliced(at, 1, ...by).join('\n');

const isError = (code: string): boolean =>
	code in complaints && complaints[code as keyof typeof complaints].severity === 'error';

/** Every row, broken in each of these ways. */
const broken: readonly Bad[] = rows.flatMap(({line, at}) => {
	const gate = /^\| G\d/.test(line);
	const data = !/^\| (?:Gate|Time)/.test(line);
	return [
		{name: 'a cell too few', text: replaced(at, line.replace(/\|[^|]*\|$/, '|')), code: 'table-cells'},
		{name: 'a cell too many', text: replaced(at, `${line} more |`), code: 'table-cells'},
		{name: 'a control character', text: replaced(at, line.replace(' | ', ' \u0007| ')), code: 'text-control'},
		{name: 'text turned round', text: replaced(at, line.replace(' | ', ' \u202e| ')), code: 'text-direction'},
		...(data
			? [
					{name: 'HTML', text: replaced(at, line.replace(/ \|$/, ' <img src=x> |')), code: 'table-html'},
					{name: 'the row cut off', text: replaced(at, '', line), code: 'table-cut'},
				]
			: []),
		...(data && gate ? [{name: 'the id twice', text: replaced(at, line, line), code: 'gate-double'}] : []),
		...(data && gate ? [{name: 'a strange id', text: replaced(at, line.replace(/G\d/, 'G 1!')), code: 'gate-id'}] : []),
		...(/^\| T[-+]/.test(line)
			? [
					{name: 'no time', text: replaced(at, line.replace(/T[-+]\d+/, 'soon')), code: 'offset-unread'},
					{name: 'a far time', text: replaced(at, line.replace(/T([-+])\d+/, 'T$1121d')), code: 'offset-far'},
				]
			: []),
	].map(bad => ({...bad, name: `${bad.name} in line ${at + 1}`}));
});

const known: readonly Bad[] = (Object.entries(cases) as [keyof typeof cases, Case][]).flatMap(([code, {text}]) =>
	isError(code) ? [{name: code, text, code}] : [],
);

const settings: readonly Bad[] = Object.entries(settingsCases).flatMap(([code, list]) =>
	isError(code)
		? list
				.filter(({missing = [], folders = []}) => missing.length + folders.length === 0)
				.map(({yaml, text = sample}) => ({name: yaml.slice(0, 60), text, settings: yaml, code}))
		: [],
);

const boxes: readonly Bad[] = lines.flatMap((line, at) =>
	line.startsWith('- [ ]')
		? [
				{name: `a tick in line ${at + 1}`, text: replaced(at, line.replace('[ ]', '[x]')), code: 'signoff-ticked'},
				{name: `no role in line ${at + 1}`, text: replaced(at, '- [ ] :'), code: 'signoff-role'},
			]
		: [],
);

const others: readonly Bad[] = [{name: 'no zero', text: changed('| T0 |', '| T-5 |'), code: 'timeline-zero'}];

const all = [...broken, ...known, ...settings, ...boxes, ...others];

test(`${all.length} bad runbooks, each refused with exit 2, its line, its code, a sentence and a mend`, async context => {
	assert.ok(all.length >= 100);
	const {answers, folder} = desk(context);
	for (const [index, {name, text, settings: yaml, code}] of all.entries()) {
		const file = `bad-${index}.md`;
		writeFileSync(join(folder, file), text);
		if (yaml !== undefined) writeFileSync(join(folder, `bad-${index}.cutover.yaml`), yaml);
		const {code: exit, stdout} = await answers('check', file);
		assert.equal(exit, 2, `${name}: ${stdout}`);
		const reported = stdout.split('\n').map(line => /:(\d+):(\d+) {2}error {2}(\S+) {2}(.+[.!?)]) (\S.+)$/.exec(line));
		const found = reported.find(match => match?.[3] === code);
		assert.ok(found, `${name} is told as ${code}:\n${stdout}`);
		const length = readFileSync(join(folder, yaml === undefined ? file : `bad-${index}.cutover.yaml`), 'latin1').split(
			'\n',
		).length;
		assert.ok(Number(found[1]) >= 1 && Number(found[1]) <= length, `${name}: line ${found[1]}`);
	}
});
