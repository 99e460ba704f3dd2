/** The bundle contains other people's packages, and their licenses ask that their notices go with them. */
import {globSync, readFileSync} from 'node:fs';

const packageFolder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

function notice(folder: string): string {
	const {name, version, license} = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
	const texts = globSync(`${folder}/{LICEN[SC]E,licen[sc]e,NOTICE,COPYING}*`).sort();
	const text = texts.map(file => readFileSync(file, 'utf8').trim()).join('\n\n');
	return `${name} ${version}, ${license}\n\n${text}\n`;
}

/** The notices of every package that the bundle's input files come from, as one text. */
export function licenses(inputs: string[]): string {
	const folders = inputs.flatMap(file => packageFolder.exec(file)?.[0] ?? []);
	return [...new Set(folders)]
		.sort()
		.map(notice)
		.join(`\n${'-'.repeat(80)}\n\n`);
}
