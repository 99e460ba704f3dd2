import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {goldenAt} from '../harness/golden.ts';
import {readingText} from './manners.ts';
import {codes, read} from './sample.ts';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const folder = `${docs}samples/`;

for (const file of readdirSync(folder).filter(name => name.endsWith('.md'))) {
	test(`the sample ${file} is read as its team means it`, () => {
		const name = basename(file, '.md');
		const settings = `${folder}${name}.cutover.yaml`;
		const given = existsSync(settings) ? {settings: readFileSync(settings, 'utf8')} : {};
		goldenAt(`runbook/samples/${name}.txt`, readingText(readFileSync(`${folder}${file}`, 'utf8'), given));
	});
}

const page = readFileSync(`${docs}runbook-format.md`, 'utf8');
const example = /^````markdown\n(.*?)^````$/ms.exec(page)?.[1] ?? '';
const settings = /^```yaml\n(.*?)^```$/ms.exec(page)?.[1] ?? '';

test('the example of the page is read without a word of complaint, with its settings as well', () => {
	goldenAt('runbook/samples/page.txt', readingText(example));
	assert.deepEqual(codes(read(example).problems), []);
	const {runbook, problems} = read(example, {settings});
	assert.deepEqual(codes(problems), []);
	assert.deepEqual(runbook?.deputies, {'release-manager': ['carol']});
});
