/* The link of an invitation that was recorded, as it is given away: once, because only its digest is kept. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {EventData} from '../cutover/model/event.ts';
import {replaceFile} from '../disk/atomic-file.ts';
import {ifExists} from '../disk/fault.ts';
import {usualPlace} from '../serve/listen.ts';
import {keepSecret, newSecret} from '../serve/secrets.ts';
import type {Opened} from './compose.ts';

export type Given = {
	readonly link: string;
	/** `482 915`; null where the link has none. */
	readonly code: string | null;
	readonly lines: readonly string[];
};

type Place = Pick<Opened, 'journal' | 'folder'>;

const fileIn = (folder: string): string => join(folder, 'page-address');

/** Where the page is reached from outside; null where the settings do not say. */
export const urlOf = ({journal}: Pick<Place, 'journal'>): string | null => journal.state().runbook?.serve?.url ?? null;

/** The server says where it listens, for links of cutovers whose settings do not say how it is reached. */
export const noteAddress = (folder: string, address: string): void =>
	replaceFile(fileIn(folder), Buffer.from(`${address}\n`), 'nothing');

const addressIn = (folder: string): string =>
	(ifExists(() => readFileSync(fileIn(folder), 'utf8')) ?? `http://${usualPlace}`).trim();

/** Null where this link was given before. */
export async function giveLink(
	{journal, folder}: Place,
	{link, name, code: withCode}: Readonly<EventData['invited']>,
): Promise<Given | null> {
	const made = newSecret(withCode);
	if (!(await keepSecret(folder, link, made))) return null;
	const address = `${urlOf({journal}) ?? addressIn(folder)}/i#${made.secret}`;
	const code = made.code === null ? null : `${made.code.slice(0, 3)} ${made.code.slice(3)}`;
	return {
		link: address,
		code,
		lines: [
			`The link of ${name}, shown once: send it to ${name} alone, never to a channel.`,
			`  ${address}`,
			...(code === null ? [] : [`Say these digits to ${name} on the phone, never in the same message: ${code}`]),
		],
	};
}
