/*
The secrets of personal links, as digests and beside the journal: whoever reads the folder, the journal or an export can open no
link. A try of the spoken code takes its place on the disk before it is judged, so that no crash and no second server gives more.
*/
import {hash, randomBytes, randomInt, scrypt, timingSafeEqual} from 'node:crypto';
import {existsSync, readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {mostTries} from '../cutover/decide/links.ts';
import {claim, readRecord} from '../disk/atomic-file.ts';
import {ifExists} from '../disk/fault.ts';
import {makeFolder, syncFolder} from '../disk/file.ts';
import {fieldsOf, textOf} from '../text/fields.ts';

/** `secret`: 128 bits, 22 characters; `code`: six digits, null where there is none. */
export type Secret = {readonly secret: string; readonly code: string | null};

export const newSecret = (withCode: boolean): Secret => ({
	secret: randomBytes(16).toString('base64url'),
	code: withCode ? String(randomInt(1_000_000)).padStart(6, '0') : null,
});

export const sha = (text: string): Buffer => hash('sha256', text, 'buffer');

/** Takes the same time whatever differs. */
export const isSame = (one: string, other: string): boolean => timingSafeEqual(sha(one), sha(other));

const folderIn = (folder: string): string => join(folder, 'links');
const digestOf = (secret: string): Buffer => sha(`cutover-tui link ${secret}`);

const stretched = (code: string, salt: string): Promise<Buffer> =>
	new Promise((resolve, reject) =>
		scrypt(code, Buffer.from(salt, 'hex'), 32, (error, key) => (error === null ? resolve(key) : reject(error))),
	);

/**
Keeps what a link is known by; it lasts before the link is given to anybody. False where the link has a secret already. Throws the
error of the system.
*/
export async function keepSecret(folder: string, link: string, {secret, code}: Secret): Promise<boolean> {
	const salt = randomBytes(16).toString('hex');
	const kept = code === null ? null : {salt, key: (await stretched(code, salt)).toString('hex')};
	makeFolder(folderIn(folder));
	return claim(join(folderIn(folder), `${link}.json`), {secret: digestOf(secret).toString('hex'), code: kept});
}

/** Name of the link with that secret; null where none has it. */
export function linkWith(folder: string, secret: string): string | null {
	const wanted = digestOf(secret);
	const names = (ifExists(() => readdirSync(folderIn(folder))) ?? []).filter(name => /^I\d+\.json$/.test(name));
	const found = names.filter(name => {
		const kept = Buffer.from(textOf(readRecord(join(folderIn(folder), name))?.['secret']) ?? '', 'hex');
		return kept.length === wanted.length && timingSafeEqual(kept, wanted);
	});
	return found[0]?.replace(/\.json$/, '') ?? null;
}

const places = (folder: string, link: string): readonly string[] =>
	Array.from({length: mostTries}, (_, index) => join(folderIn(folder), `${link}.try-${index + 1}`));

async function isRight(folder: string, link: string, code: string): Promise<boolean> {
	const kept = fieldsOf(readRecord(join(folderIn(folder), `${link}.json`))?.['code']);
	const [salt, key] = [textOf(kept?.['salt']), textOf(kept?.['key'])];
	if (salt === null || key === null) return false;
	const wanted = Buffer.from(key, 'hex');
	const given = await stretched(code.replaceAll(/\s/g, ''), salt);
	return wanted.length === given.length && timingSafeEqual(wanted, given);
}

/** `left`: wrong tries that a link still has; at 0 it is to be locked. */
export type Try = {readonly right: true} | {readonly right: false; readonly left: number};

async function judged(folder: string, link: string, code: string): Promise<Try> {
	const free = places(folder, link).find(place => claim(place, {}));
	if (free === undefined) return {right: false, left: 0};
	if (!(await isRight(folder, link, code)))
		return {right: false, left: places(folder, link).filter(place => !existsSync(place)).length};
	for (const place of places(folder, link)) rmSync(place, {force: true});
	syncFolder(folderIn(folder));
	return {right: true};
}

/** The newest try of each link. */
const running = new Map<string, Promise<Try>>();

/**
Judges the spoken code of a link; the right one gives all tries back. One after the other: the right code in a form that is sent twice takes
the last try once.
*/
export async function tryCode(folder: string, link: string, code: string): Promise<Try> {
	const key = join(folderIn(folder), link);
	const judge = (): Promise<Try> => judged(folder, link, code);
	const mine = running.get(key)?.then(judge, judge) ?? judge();
	running.set(key, mine);
	try {
		return await mine;
	} finally {
		if (running.get(key) === mine) running.delete(key);
	}
}
