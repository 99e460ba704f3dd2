import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cliPage} from '../../scripts/docs-cli.ts';
import {verbsOf} from '../../source/cli/from-catalogue.ts';
import {parse} from '../../source/cli/parse.ts';
import {catalogue} from '../../source/commands/catalogue.ts';
import {field, reason} from '../../source/commands/field.ts';
import {type Spec, send} from '../../source/commands/spec.ts';
import {io} from '../cli/plain-io.ts';

/** A command that nobody needs. */
const toast: Spec = {
	title: 'Toast a stage',
	summary: 'toasts a stage',
	help: 'Toasts a stage until it is golden.',
	examples: ['toast T-30 --shade golden'],
	lines: [{command: 'toast'}],
	target: 'stage',
	fields: [reason, field('shade', 'choice', 'how dark', {values: ['pale', 'golden']})],
	probe: () => null,
	steps: (_, on) => send({type: 'note', data: {text: 'toasted', on}}),
};

const more = {...catalogue, toast};

test('one entry of the catalogue is a command with help, examples, options and completion', () => {
	const verbs = verbsOf(more);
	const parsed = parse(['toast', '--help'], io(), '1.0.0', verbs);
	assert.ok('text' in parsed);
	assert.match(parsed.text, /toast: toasts a stage/);
	assert.match(parsed.text, /cutover-tui toast T-30 --shade golden/);
	assert.match(parsed.text, /--shade <VALUE>\s+how dark \(choices: "pale", "golden"\)/);
	const [argument] = verbs.find(({name}) => name === 'toast')?.arguments ?? [];
	assert.equal(argument?.completes, 'stage');
});

test('one entry of the catalogue is in the page of the command line', () => {
	const page = cliPage(verbsOf(more));
	assert.match(page, /## cutover-tui toast STAGE\n\nToasts a stage\.\nToasts a stage until it is golden\./);
	assert.match(page, /`--shade VALUE` \| how dark \(pale, golden\)/);
});

test('every command has an example that its own parser takes', () => {
	const verbs = verbsOf(catalogue);
	for (const verb of verbs) {
		assert.ok(verb.examples.length > 0, verb.name);
		for (const example of verb.examples) {
			const words = [...example.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
			const parsed = parse(words, io(), '1.0.0', verbs);
			assert.ok('verb' in parsed && parsed.verb.name === verb.name, example);
		}
	}
});
