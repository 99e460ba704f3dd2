/*
`verify [ID|DIR]`: checks a cutover's folder, also a copy of it elsewhere; runs nothing of it. 0 where all that is there holds,
1 where something does not.
*/
import {existsSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {type Verified, verifyFolder} from '../../evidence/verify.ts';
import {follows, origin, read} from '../../journal/entry.ts';
import {journalFile} from '../../journal/file-store.ts';
import {json, safe} from '../../text/clean.ts';
import type {Args} from '../args.ts';
import {meant} from '../choose.ts';
import {catalogOf, cutovers} from '../compose.ts';
import {say} from '../io.ts';
import {UsageError} from '../usage-error.ts';

/** Its folder, where its journal is in it. */
function inFolder(folder: string, id: string): string {
	if (existsSync(join(folder, journalFile))) return folder;
	throw new UsageError(
		`The journal of ${id} is not in ${folder}. If it is in a database, bring it out first: cutover-tui store pull --cutover ${id}.`,
	);
}

async function folderOf(call: Args): Promise<string> {
	const word = call.word(0) ?? call.text('cutover');
	if (word !== null) {
		const place = resolve(call.io.cwd, word);
		if (existsSync(join(place, journalFile))) return place;
		const catalog = await catalogOf(call);
		if (!word.includes('/') && (await catalog.has(word))) return inFolder(catalog.folder(word), word);
		throw new UsageError(`There is no cutover "${word}", and no folder of one. See them: cutover-tui list.`);
	}
	const known = await cutovers(await catalogOf(call));
	const [only = known[0], ...others] = meant(known);
	if (only === undefined) throw new UsageError('There is no cutover yet. Name the folder of one: verify DIR.');
	if (others.length > 0) throw new UsageError('Several cutovers are open. Say which: verify ID.');
	return inFolder(only.folder, only.id);
}

const lines = ({valid, text, events, head, problems}: Verified): readonly string[] => [
	`${valid ? 'HOLDS' : 'DOES NOT HOLD'}  ${text}`,
	...problems.map(({seq, code, message}) => `  ${seq === null ? '' : `entry ${seq}  `}${code}  ${message}`),
	`${events} entries, head ${head === '' ? 'none' : head}`,
];

export const run = async (call: Args): Promise<number> => {
	const folder = await folderOf(call);
	const verified = await verifyFolder(
		folder,
		{origin, read, follows},
		{closed: call.flag('closed'), head: call.text('head')},
	);
	if (call.flag('json')) {
		const {valid, closed, text, events, head, problems, provenUpTo} = verified;
		const signatures = {good: 0, bad: 0, unsigned: 0};
		const document = {valid, closed, text, events, head, problems, signatures, provenUpTo};
		call.io.stdout.write(`${json(document, 2)}\n`);
	} else for (const line of lines(verified)) say(call.io, safe(line));
	return verified.valid ? 0 : 1;
};
