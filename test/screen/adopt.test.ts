import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adoptLines} from '../../source/screen/adopt/adopt-lines.ts';
import {type AdoptModel, openAdopt, pressAdopt} from '../../source/screen/adopt/adopt-model.ts';
import type {AdoptAnswers, AdoptDraft, Adoption, AdoptPart} from '../../source/screen/adopt/adoption.ts';
import {openTheme} from '../../source/screen/theme.ts';

const source = [
	'# Move',
	'',
	'## Stop',
	'',
	'- halt',
	'',
	'## Switch',
	'',
	'- turn',
	'',
	'## Look',
	'',
	'- [ ] answers',
];

/** An adoption of three steps whose parts follow from the answers, as the reader's do. */
function adoptionOf(written: AdoptAnswers[] = []): Adoption {
	const draft = (answers: AdoptAnswers): AdoptDraft => {
		const step = (line: number, id: string, about: string): AdoptPart => ({
			kind: 'step',
			line,
			end: line + 2,
			text: source[line - 1] ?? '',
			id,
			commands: line === 7 ? ['turn --all'] : [],
			runs: answers[`run.${id}`] === 'fence',
			about: `${about}  ${answers[`takes.${id}`] ?? answers['takes'] ?? '15m'}`,
		});
		const steps = [step(3, 'stop', 'T-15'), step(7, 'switch', 'T0'), step(11, 'look', 'T+15')];
		const kept = steps.filter(({line}) => (answers[`line.${line}`] ?? 'step') === 'step');
		const gates = [13].filter(line => answers[`line.${line}`] === 'gate');
		return {
			questions: [
				{id: 'zero', question: 'Which step is T0?', default: 'switch', line: 7, choices: ['stop', 'switch', 'look']},
				{id: 'takes', question: 'How long does each take?', default: '15m', line: 3},
			],
			parts: [
				...kept,
				...gates.map(
					(line): AdoptPart => ({
						kind: 'gate',
						line,
						end: line,
						text: '',
						id: '',
						about: '',
						commands: [],
						runs: false,
					}),
				),
			].toSorted((a, b) => a.line - b.line),
			unused: kept.length === 3 ? [] : [{line: 3, end: 5, text: '"Stop" 1 item'}],
			errors: kept.some(({id}) => id === 'switch') ? [] : ['The map does not say which stage begins at T0.'],
		};
	};
	return {
		path: 'move.md',
		source,
		isRepair: false,
		draft,
		write(answers) {
			written.push(answers);
			return ['STAGES', '  T0  switch'];
		},
	};
}

const size = {columns: 80, rows: 24};
const theme = openTheme({ascii: false, colour: true});

const after = (model: AdoptModel, keys: readonly string[]): AdoptModel =>
	keys.reduce((now, key) => pressAdopt(now, {key, alone: true}), model);

const drawn = (model: AdoptModel): string =>
	adoptLines(model, theme)
		.map(line =>
			line
				.map(({text}) => text)
				.join('')
				.trimEnd(),
		)
		.join('\n');

test('questions come one at a time with the proposed answer chosen, and Enter accepts it', () => {
	const first = openAdopt(adoptionOf(), size);
	assert.match(drawn(first), /QUESTION 1 of 2[\s\S]*> switch {2}\(proposed\)/);
	const second = after(first, ['enter']);
	assert.match(drawn(second), /QUESTION 2 of 2[\s\S]*answer: 15m/);
	assert.equal(second.answers['zero'], 'switch');
	const last = after(second, ['ctrl-u', '5', 'm', 'enter']);
	assert.deepEqual(last.answers, {zero: 'switch', takes: '5m'});
	assert.equal(last.mode, 'lines');
	assert.match(drawn(last), /no question open/);
});

test('Esc goes back to the question before, with its answer chosen', () => {
	const back = after(openAdopt(adoptionOf(), size), ['down', 'enter', 'esc']);
	assert.match(drawn(back), /QUESTION 1 of 2 {2}answered[\s\S]*> look/);
});

test('a line is taken as something else, ignored, and a step gets another length', () => {
	const lines = after(openAdopt(adoptionOf(), size), ['tab', 'p', 'x']);
	assert.equal(lines.answers['line.3'], 'none');
	assert.match(drawn(lines), /is not taken as a part/);
	const gate = after({...lines, line: 13}, ['t']);
	assert.equal(gate.answers['line.13'], 'gate');
	const longer = after({...gate, line: 7}, ['l', '2', 'h', 'enter']);
	assert.match(drawn(longer), />7 +step T0 {2}2h/);
});

test('a person lets the commands of a step be run, at its text, and takes it back', () => {
	const lines = after({...openAdopt(adoptionOf(), {columns: 120, rows: 30}), line: 7}, ['tab']);
	assert.match(drawn(lines), /People run these commands[\s\S]*turn --all/);
	assert.match(drawn({...lines, size: {columns: 80, rows: 24}}), /People run these commands[\s\S]*turn --all/);
	const let1 = after(lines, ['r']);
	assert.equal(let1.answers['run.switch'], 'fence');
	assert.match(drawn(let1), /These commands are run/);
	assert.equal(after(let1, ['r']).answers['run.switch'], 'no');
	assert.match(after({...lines, line: 3}, ['r']).message, /Only a step with commands/);
});

test('where another answer than the proposed ones may be given, the list offers to type it', () => {
	const draft = (answers: AdoptAnswers): AdoptDraft => ({
		questions: [
			{id: 'owner', question: 'Who?', default: 'operator', line: null, choices: ['operator', 'ana'], others: true},
			{id: 'takes', question: 'How long?', default: '15m', line: 3},
		],
		parts: [],
		unused: [],
		errors: [answers['owner'] ?? ''],
	});
	const model = openAdopt({...adoptionOf(), draft}, size);
	assert.match(drawn(model), /> operator {2}\(proposed\)\n.*ana\n.*another answer/);
	const typing = after(model, ['up', 'enter']);
	assert.match(drawn(typing), /answer: _/);
	assert.match(drawn(after(typing, ['esc'])), /> another answer/);
	const answered = after(typing, ['d', 'b', 'a', 'enter']);
	assert.equal(answered.answers['owner'], 'dba');
	assert.match(drawn(after(answered, ['esc'])), /answer: dba_/, 'asked again, what was typed is there');
});

test('what is typed shows its end and the cursor, however long it is', () => {
	const typing = after({...openAdopt(adoptionOf(), size), line: 7}, ['tab', 'l', ...'m'.repeat(90), '7']);
	assert.match(drawn(typing), /takes, such as 10m: m{40,}7_\n/);
});

test('every row of what check says can be scrolled to, where its lines are wrapped', () => {
	const done = {...openAdopt(adoptionOf(), size), mode: 'written' as const};
	const result = [...Array.from({length: 12}, () => 'word '.repeat(60)), 'the last line'];
	assert.match(drawn(after({...done, result}, ['end'])), /the last line/);
	assert.match(drawn(after({...done, result: ['one line']}, ['end'])), /one line/);
});

test('the map is written only when every question is answered and nothing in it is wrong', () => {
	const written: AdoptAnswers[] = [];
	const open = openAdopt(adoptionOf(written), size);
	assert.match(after(open, ['tab', 'w']).message, /Answer this first/);
	const ready = after(open, ['enter', 'enter']);
	assert.match(after({...ready, line: 7}, ['x', 'w']).message, /which stage begins at T0/);
	assert.equal(written.length, 0);
	const done = after(ready, ['w']);
	assert.match(drawn(done), /STAGES\n {3}T0 {2}switch/);
	assert.equal(written.length, 1);
	assert.equal(after(done, ['enter']).left, true);
});

test('at 120 columns the document is left of the question, and every size is filled exactly', () => {
	const wide = openAdopt(adoptionOf(), {columns: 120, rows: 40});
	assert.match(drawn(wide), />7 +step T0 {2}15m +## Switch +│/);
	assert.match(drawn(wide), /│ QUESTION 1 of 2/);
	for (const rows of [10, 24, 40])
		for (const columns of [60, 80, 120, 160])
			for (const keys of [[], ['tab'], ['enter'], ['enter', 'enter', 'w']]) {
				const model = after(openAdopt(adoptionOf(), {columns, rows}), keys);
				assert.equal(adoptLines(model, theme).length, rows, `${columns}x${rows} ${keys.join()}`);
			}
});
