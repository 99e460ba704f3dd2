import {readdirSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {goldenAt} from '../harness/golden.ts';
import {readingText} from './manners.ts';

/** Runbooks of many teams, each in its own manner; how each is to be read is beside it. */
const folder = fileURLToPath(new URL('manners/', import.meta.url));
const names = readdirSync(folder)
	.filter(file => file.endsWith('.md'))
	.map(file => basename(file, '.md'));

for (const name of names) {
	test(`a runbook in the manner of ${name} is read as it is meant`, () => {
		goldenAt(`runbook/manners/${name}.txt`, readingText(readFileSync(`${folder}${name}.md`, 'utf8')));
	});
}
