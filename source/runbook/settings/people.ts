/* What the settings say of people: who may act as whom, where they are reached, the call that they are in. */
import {createHash} from 'node:crypto';
import * as z from 'zod/mini';
import {defined} from '../../text/fields.ts';
import {mail, people as names, text, url, zone} from './schemas.ts';
import {optional, programAt, setting} from './setting.ts';

/** YAML reads `771` as a number and drops a zero before it, so a pin may be either. */
const pin = z.union([
	z.string().check(z.regex(/^[0-9 #*]{1,32}$/, {error: 'settings-type:digits'})),
	z.number().check(z.refine(value => Number.isSafeInteger(value) && value >= 0, {error: 'settings-type:digits'})),
]);

const fingerprint = /^SHA256:[A-Za-z0-9+/]{43}$/;

/** A fingerprint, or that of a public key as `ssh-keygen` prints it. */
const fingerprintOf = (key: string): string => {
	if (fingerprint.test(key)) return key;
	const [, blob = ''] = /^(?:ssh|ecdsa|sk)-\S+ (\S+)/.exec(key.trim()) ?? [];
	return `SHA256:${createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '')}`;
};

const person = z.strictObject({
	login: optional(text, 'account of this person: the name acts only from it, or with one of its keys'),
	keys: optional(z.array(text), 'public keys of this person, or their fingerprints (`SHA256:…`)'),
	mail: optional(mail, 'address that notices are mailed to ([Notifications](notifications.md))'),
	contact: optional(
		text,
		'how this person is called, such as a phone number: shown where NEXT names them, and sent to nobody',
	),
	zone: optional(zone, 'time zone that this person is in: their own time is shown beside that of the cutover'),
});
type People = Readonly<Record<string, z.infer<typeof person>>>;

/** Something of each person who has it, by name; absent where nobody does. */
function ofEach<K extends string, V>(people: People, key: K, of: (person: People[string]) => V | undefined) {
	const found = Object.entries(people).flatMap(([name, person]) => {
		const value = of(person);
		return value === undefined ? [] : [[name, value] as const];
	});
	return found.length === 0 ? {} : {[key]: Object.fromEntries(found)};
}

/** By what somebody is known: an address alone binds nobody. */
const identityOf = ({login, keys}: People[string]) =>
	login === undefined && keys === undefined ? undefined : {...defined({login}), keys: (keys ?? []).map(fingerprintOf)};

export const people = {
	roles: setting({
		schema: z.record(z.string(), names),
		docs: {'*': 'people who may act in this role; once one role is bound, every owner must be'},
	}),
	deputies: setting({
		schema: z.record(z.string(), names),
		docs: {'*': 'people who may take this role over from a silent holder'},
	}),
	people: setting({
		schema: z.record(z.string(), person),
		apply: (draft, set) => ({
			...draft,
			...ofEach(set, 'identities', identityOf),
			...ofEach(set, 'mails', ({mail}) => mail),
			...ofEach(set, 'contacts', ({contact}) => contact),
			...ofEach(set, 'zones', ({zone}) => zone),
		}),
	}),
	onCall: setting({
		schema: z.record(z.string(), text),
		docs: {
			'*': 'command that prints who is on call in this role, on one line; run at begin and when the go/no-go is due ([Operating](operating.md))',
		},
		apply: (draft, onCall) => ({...draft, onCall}),
		paths: set => Object.entries(set).flatMap(([role, line]) => programAt(line, role)),
	}),
	bridge: setting({
		schema: z.strictObject({
			url: optional(url, 'address of the call that people are in: in every notification'),
			phone: optional(text, 'its number: on the screen, in `status` and in every notification'),
			pin: optional(pin, 'its pin'),
		}),
		apply: (draft, {url, phone, pin}) => ({
			...draft,
			bridge: defined({url, phone, pin: pin === undefined ? undefined : String(pin)}),
		}),
	}),
};
