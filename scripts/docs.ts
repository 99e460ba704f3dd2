/**
 * Renews the pages of docs/ that are generated from the program's own tables. test/shape.test.ts compares them, so a
 * page that was forgotten is a failing test and not a lie.
 */
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {cli} from './docs-cli.ts';
import {eventsPage} from './docs-events.ts';
import {formatPage} from './docs-format.ts';
import {keysPage} from './docs-keys.ts';
import {manPage} from './docs-man.ts';
import {rulesPage} from './docs-rules.ts';
import {drawPictures, picturesFolder} from './pictures.ts';

/** File in docs/ -> what it should say. */
export const documents: Record<string, () => Promise<string>> = {
	'cli.md': cli,
	'cutover-tui.1': async () => manPage(),
	'events.md': async () => eventsPage(),
	'keys.md': async () => keysPage(),
	'runbook-format.md': async () => formatPage(),
	'rules.md': async () => rulesPage(),
};

const place = (name: string) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));

/** The names of the pages that differ from their sources. */
export async function outdated(): Promise<string[]> {
	const names = Object.keys(documents);
	const fresh = await Promise.all(
		names.map(
			async name => existsSync(place(name)) && readFileSync(place(name), 'utf8') === (await documents[name]?.()),
		),
	);
	return names.filter((_, index) => !fresh[index]);
}

if (import.meta.main) {
	for (const [name, document] of Object.entries(documents)) writeFileSync(place(name), await document());
	rmSync(picturesFolder, {recursive: true, force: true});
	mkdirSync(picturesFolder);
	for (const [name, picture] of Object.entries(await drawPictures()))
		writeFileSync(`${picturesFolder}/${name}`, picture);
}
