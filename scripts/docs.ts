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
const documents: Readonly<Record<string, () => string>> = {
	'cli.md': cli,
	'cutover-tui.1': () => manPage(),
	'events.md': eventsPage,
	'keys.md': keysPage,
	'runbook-format.md': formatPage,
	'rules.md': rulesPage,
};

const place = (name: string) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));

const isOutdated = (name: string, page: string): boolean =>
	!existsSync(place(name)) || readFileSync(place(name), 'utf8') !== page;

/** The names of the pages that differ from their sources. */
export const outdated = (): string[] =>
	Object.entries(documents).flatMap(([name, page]) => (isOutdated(name, page()) ? [name] : []));

if (import.meta.main) {
	for (const [name, document] of Object.entries(documents)) writeFileSync(place(name), document());
	rmSync(picturesFolder, {recursive: true, force: true});
	mkdirSync(picturesFolder);
	for (const [name, picture] of Object.entries(await drawPictures()))
		writeFileSync(`${picturesFolder}/${name}`, picture);
}
