/*
The map of a runbook (docs/adopting.md): which place of it is taken as what.
*/
import * as z from 'zod/mini';
import {duration, id, lacking, path, text} from './schemas.ts';
import {optional, setting} from './setting.ts';
import {expect} from './shape.ts';

const words = z.string().check(z.refine(value => value.trim() !== '', {error: 'settings-type:words of the runbook'}));
const names = z.union([text, z.array(text)]);

/** What an entry lacks to be of one place, or of each of a kind. */
const lackOfPlace =
	(needsRole: boolean) =>
	(entry: Readonly<Record<string, unknown>>, lack: (key: string, wanted: string) => void): void => {
		const isSet = (key: string, of: unknown = entry): boolean =>
			typeof of === 'object' && of !== null && Reflect.get(of, key) !== undefined;
		const isEach = isSet('each');
		if (isSet('from') === isEach) lack('from', 'either from or each');
		if (isEach && isSet('id')) lack('id', 'ids, or fields with id: an id is of one place');
		for (const key of ['in', 'but', 'ids']) if (!isEach && isSet(key)) lack(key, 'each beside it');
		if (isSet('fields') && entry['each'] !== 'row') lack('fields', 'each: row beside it');
		if (needsRole && !isSet('role') && !isSet('role', entry['fields'])) lack('role', 'the role that signs');
	};

/** Keys that the columns of a table may say, by part. */
export const byColumn = {
	stages: ['id', 'at', 'takes', 'owner', 'says'],
	gates: ['id', 'owner', 'says'],
	triggers: ['outage', 'ask', 'says'],
	rollback: [],
	signOffs: ['role'],
} as const;

const columns = <const K extends string>(keys: readonly K[]) =>
	optional(
		z.partialRecord(z.enum(keys), text),
		`of \`each: row\`: header of the column that says it, for ${keys.map(key => `\`${key}\``).join(', ')}`,
	);

/** The entries of a part, each with its place, or with all places of a kind in one. */
const entries = <const K extends z.core.$ZodLooseShape>(what: string, keys: K) =>
	z.array(
		z
			.strictObject({
				from: optional(words, `words of the place that is ${what}, whole or their beginning with …`),
				each: optional(
					z.enum(['row', 'box', 'item', 'heading']),
					`or each \`row\`, \`box\`, \`item\` or \`heading\` of the place \`in\` is ${what}, but for those with an entry of their own`,
				),
				in: optional(
					words,
					'of `each`: words of the heading, or of the text that leads to the table or list; anywhere unless set',
				),
				but: optional(z.array(words), 'of `each`: words of those that are left out'),
				under: optional(words, 'heading above it, where its words appear twice'),
				...keys,
			})
			.check(lacking<Readonly<Record<string, unknown>>>(lackOfPlace('role' in keys))),
	);

const place = z.strictObject({from: words, under: z.optional(words)});

const reading = z.strictObject({
	owner: optional(names, 'the map of a runbook (adopting.md): who does what nobody else is named for'),
	zero: optional(id, 'id of the stage that begins at T0'),
	decision: optional(id, 'id of the go/no-go'),
	closing: optional(id, 'id of the stage that keeps the change or rolls back; the last unless set'),
	stages: entries('the stage', {
		id: optional(id, 'id of the stage'),
		ids: optional(id, 'of `each`: `P` gives P-1, P-2 and so on'),
		at: optional(text, 'its time, `T-60`; else it begins when the one before it ends'),
		takes: optional(duration, 'how long it takes'),
		with: optional(id, 'id of the stage that it begins beside'),
		after: optional(z.union([id, z.array(id)]), 'id of the stage, or stages, after whose ends it begins'),
		owner: optional(names, 'role or roles that do it'),
		asks: optional(z.array(text), 'checklist of a verification; its boxes unless set'),
		says: optional(words, 'the part of its text that says what is done; all of it unless set'),
		run: optional(
			z.enum(['fence', 'code']),
			'`fence`: the commands of its fences are run, each by a go-ahead of its own; `code`: those between backticks in its items',
		),
		fields: columns(byColumn.stages),
	}),
	gates: z.optional(
		entries('the gate', {
			id: optional(id, 'id of the gate'),
			ids: optional(id, 'of `each`: `P` gives P-1, P-2 and so on'),
			run: optional(names, '`code`: the code of that place is run; or the commands themselves, which must be there'),
			files: optional(z.literal('code'), '`code`: the paths of that place must be there'),
			acknowledge: optional(names, 'role or roles that must say yes'),
			need: optional(z.enum(['all', 'any']), 'of them: `all` or `any`'),
			cites: optional(z.array(path), 'files that must be there'),
			expect: z.optional(expect),
			before: optional(id, 'id of the stage that runs it; else that in which it is, else the go/no-go'),
			owner: optional(names, 'role or roles that own it'),
			says: optional(words, 'the part of its text that says what must hold; all of it unless set'),
			fields: columns(byColumn.gates),
		}),
	),
	triggers: z.optional(
		entries('the trigger', {
			outage: optional(duration, 'a clock watches it: down for longer than this; else people confirm it'),
			ask: optional(names, 'role or roles that confirm it; who closes the cutover unless set'),
			says: optional(words, 'the part of the text that is meant, where it says several'),
			atLimit: optional(z.boolean(), '`true`: it fires at that length, not only above it'),
			fields: columns(byColumn.triggers),
		}),
	),
	rollback: z.optional(
		entries('the step', {
			path: optional(z.enum(['preferred', 'fallback']), '`preferred` or `fallback`; preferred unless set'),
			by: optional(z.literal('hand'), '`hand`: people do it'),
			run: optional(text, 'script with its arguments, which must be there; `code` for that of the place'),
			workflow: optional(path, 'workflow file that is dispatched'),
			with: optional(z.record(z.string(), z.string()), 'an input of the workflow'),
			reference: optional(path, 'document that describes it'),
		}),
	),
	signOffs: z.optional(
		entries('signed', {role: optional(text, 'role that signs'), fields: columns(byColumn.signOffs)}),
	),
	ignore: optional(
		z.array(z.union([words, place])),
		'headings that are left out, with all under them; `{from, under}` where the words appear twice',
	),
	reviewed: z.optional(
		z.strictObject({
			by: optional(text, 'who looked at the map; without it no cutover begins'),
			on: optional(text, 'the day of it'),
			parts: optional(z.record(z.string(), z.string()), 'digest of what was there then; written by `adopt`'),
		}),
	),
});

export type ReadingMap = z.infer<typeof reading>;
export const readingSetting = setting({schema: reading});
