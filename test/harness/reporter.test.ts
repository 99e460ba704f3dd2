import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Finished, Tally} from './reporter.ts';

const finished = (name: string, nesting = 0, more: Partial<Finished> = {}): Finished => ({
	name,
	nesting,
	file: '/a.test.ts',
	details: {type: 'test'},
	...more,
});

test('leaves are counted, what holds them is not', () => {
	const tally = new Tally();
	tally.pass(finished('one', 1));
	tally.pass(finished('two', 1));
	tally.pass(finished('holds both'));
	tally.pass(finished('alone'));
	tally.pass(finished('a suite', 0, {details: {type: 'suite'}}));
	assert.equal(`${tally}`, '3 passed, 0 failed');
});

test('a nested failure counts once', () => {
	const tally = new Tally();
	const reported = tally.fail(finished('inner', 1, {details: {error: new Error('bad')}}));
	const held = tally.fail(
		finished('outer', 0, {details: {error: Object.assign(new Error(), {failureType: 'subtestsFailed'})}}),
	);
	assert.match(reported, /inner.*bad/s);
	assert.equal(held, '');
	assert.equal(`${tally}`, '0 passed, 1 failed');
});

test('a holder that fails by itself is a failure', () => {
	const tally = new Tally();
	tally.pass(finished('inner', 1));
	tally.fail(
		finished('outer', 0, {details: {error: Object.assign(new Error('late'), {failureType: 'testCodeFailure'})}}),
	);
	assert.equal(`${tally}`, '1 passed, 1 failed');
});

test('the skipped are named beside the count', () => {
	const tally = new Tally();
	tally.pass(finished('left out', 0, {skip: true}));
	assert.equal(`${tally}`, '0 passed, 0 failed, 1 skipped');
});

test('a file that holds no test counts as none', () => {
	const tally = new Tally();
	tally.pass(finished('/a.test.ts'));
	assert.equal(`${tally}`, '0 passed, 0 failed');
});
