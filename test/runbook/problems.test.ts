import assert from 'node:assert/strict';
import {test} from 'node:test';
import {complaints} from '../../source/runbook/problems/complaints.ts';
import {type Case, cases} from './bad-runbooks.ts';
import {changed, placeOf, read, sample} from './sample.ts';

const row = (start: string): string => sample.split('\n').find(line => line.startsWith(start)) ?? '';
const g2 = row('| G2');

for (const [code, {text, at, says}] of Object.entries(cases) as [keyof typeof cases, Case][]) {
	test(`${code}: the problem is at its place in the runbook, with a fix`, () => {
		const {runbook, problems} = read(text);
		const found = problems.find(problem => problem.code === code);
		assert.ok(found, `${code} is among ${problems.map(problem => problem.code).join(', ') || 'nothing'}`);
		const place = typeof at === 'string' ? placeOf(at, String(text)) : {line: at[0], column: at[1]};
		assert.deepEqual({line: found.line, column: found.column}, place);
		assert.match(found.message, says);
		assert.ok(found.fix.length > 0);
		assert.doesNotMatch(found.message + found.fix, /\{\w+\}|undefined/);
		assert.equal(found.severity, complaints[code].severity);
		assert.equal(
			runbook === null,
			problems.some(({severity}) => severity === 'error'),
		);
	});
}

test('every complaint about a runbook has its case, those about files, settings and maps have theirs elsewhere', () => {
	const here = Object.keys(complaints).filter(code => !/^(?:file|workspace|settings|reading)-/.test(code));
	assert.deepEqual(Object.keys(cases).toSorted(), here.toSorted());
});

test('all problems are listed at once, errors first, by line', () => {
	const changes = [
		['| G5 |', '| G2 |'],
		['verify G1-G5', 'verify G1-G4'],
		['- [ ] `<qa-lead>`', '- [x] `<qa-lead>`'],
		['| T-30 |', '| T-5 |'],
		['`handover.md`', '`handbook.md`'],
	] as const;
	const {problems} = read(changes.reduce((text, [from, to]) => changed(from, to, text), sample));
	assert.deepEqual(
		problems.map(({code}) => code),
		['gate-double', 'timeline-order', 'signoff-ticked', 'signoff-file'],
	);
});

test('tables in a comment, in a fence or indented are text', () => {
	const table = '| Gate ID | Check | Owner |\n|---|---|---|\n| G1 | Something else | nobody |\n';
	for (const hidden of [`<!--\n${table}-->\n`, `\`\`\`\n${table}\`\`\`\n`, table.replaceAll(/^/gm, '    ')]) {
		const {runbook, problems} = read(
			changed('Every gate passes before T0.\n', `Every gate passes before T0.\n\n${hidden}`),
		);
		assert.deepEqual(problems, []);
		assert.equal(runbook?.gates[0]?.title, 'Toolbox preflight');
	}
});

test('a table that a comment cuts is an error, not a shorter table', () => {
	const {runbook, problems} = read(changed(g2, `<!-- ${g2} -->`));
	assert.equal(runbook, null);
	assert.deepEqual(
		problems.filter(({severity}) => severity === 'error').map(({code}) => code),
		['table-cut'],
	);
});

test('a pipe in a cell is written with a backslash, in code as well', () => {
	const {runbook} = read(changed('`npm run build && npm test`', '`npm test \\| tee out.log`'));
	assert.deepEqual(runbook?.gates[1]?.commands, ['npm test | tee out.log']);
});

test('a title that speaks of gates promises none', () => {
	assert.deepEqual(
		read(changed('# Orders move to cluster B', '# Gates and timeline of the orders cutover')).problems,
		[],
	);
});

test('a stage after T0 does not run the gate that it names, with a note', () => {
	const {runbook, notes} = read(changed('Decide: keep', 'Look at G2 again, decide: keep'));
	assert.deepEqual(runbook?.stages.at(-1)?.gates, []);
	assert.ok(notes.some(note => note.includes('T+30 names G2 but runs none')));
});
