/*
The map of a runbook (docs/adopting.md): which place of it is taken as what.
*/
import * as z from 'zod/mini';
import {duration, id, path, text} from './schemas.ts';
import {setting} from './setting.ts';
import {expect} from './shape.ts';

const words = z.string().check(z.refine(value => value.trim() !== '', {error: 'settings-type:words of the runbook'}));
const names = z.union([text, z.array(text)]);
const anchor = {from: words, under: z.optional(words)};
/** Which place of the runbook is taken as what (docs/adopting.md). */
const reading = z.strictObject({
	owner: z.optional(names),
	zero: z.optional(id),
	decision: z.optional(id),
	closing: z.optional(id),
	stages: z.array(
		z.strictObject({
			...anchor,
			id: z.optional(id),
			at: z.optional(text),
			takes: z.optional(duration),
			with: z.optional(id),
			after: z.optional(z.union([id, z.array(id)])),
			owner: z.optional(names),
			asks: z.optional(z.array(text)),
			says: z.optional(words),
			run: z.optional(z.enum(['fence', 'code'])),
		}),
	),
	gates: z.optional(
		z.array(
			z.strictObject({
				...anchor,
				id: z.optional(id),
				run: z.optional(z.union([text, z.array(text)])),
				files: z.optional(z.literal('code')),
				acknowledge: z.optional(names),
				need: z.optional(z.enum(['all', 'any'])),
				cites: z.optional(z.array(path)),
				expect: z.optional(expect),
				before: z.optional(id),
				owner: z.optional(names),
				says: z.optional(words),
			}),
		),
	),
	triggers: z.optional(
		z.array(
			z.strictObject({
				...anchor,
				outage: z.optional(duration),
				ask: z.optional(names),
				says: z.optional(words),
				atLimit: z.optional(z.boolean()),
			}),
		),
	),
	rollback: z.optional(
		z.array(
			z.strictObject({
				...anchor,
				path: z.optional(z.enum(['preferred', 'fallback'])),
				by: z.optional(z.literal('hand')),
				run: z.optional(text),
				workflow: z.optional(path),
				with: z.optional(z.record(z.string(), z.string())),
				reference: z.optional(path),
			}),
		),
	),
	signOffs: z.optional(z.array(z.strictObject({...anchor, role: text}))),
	ignore: z.optional(z.array(z.union([words, z.strictObject(anchor)]))),
	reviewed: z.optional(
		z.strictObject({by: z.optional(text), on: z.optional(text), parts: z.optional(z.record(z.string(), z.string()))}),
	),
});

export const readingSetting = setting({
	schema: reading,
	docs: {
		owner: 'the map of a runbook (adopting.md): who does what nobody else is named for',
		zero: 'id of the stage that begins at T0',
		decision: 'id of the go/no-go',
		closing: 'id of the stage that keeps the change or rolls back; the last unless set',
		'stages.from': 'words of the place that is the stage, whole or their beginning with …',
		'stages.under': 'heading above it, where its words stand twice',
		'stages.id': 'id of the stage',
		'stages.at': 'its time, `T-60`; else it begins when the one before it ends',
		'stages.takes': 'how long it takes',
		'stages.with': 'id of the stage that it begins beside',
		'stages.after': 'id of the stage, or stages, after whose ends it begins',
		'stages.owner': 'role or roles that do it',
		'stages.asks': 'checklist of a verification; its boxes unless set',
		'stages.says': 'the part of its text that says what is done; all of it unless set',
		'stages.run':
			'`fence`: the commands of its fences are run, each by a go-ahead of its own; `code`: those between backticks in its items',
		'gates.from': 'words of the place that is the gate',
		'gates.under': 'heading above it',
		'gates.id': 'id of the gate',
		'gates.run': '`code`: the code of that place is run; or the commands themselves, which must stand there',
		'gates.files': '`code`: the paths of that place must be there',
		'gates.acknowledge': 'role or roles that must say yes',
		'gates.need': 'of them: `all` or `any`',
		'gates.cites': 'files that must be there',
		'gates.before': 'id of the stage that runs it; else that in which it stands, else the go/no-go',
		'gates.owner': 'role or roles that own it',
		...Object.fromEntries(
			Object.keys(expect.shape).map(key => [`gates.expect.${key}`, `as \`gates.*.expect.${key}\``]),
		),
		'gates.says': 'the part of its text that says what must hold; all of it unless set',
		'triggers.from': 'words of the place that is the trigger',
		'triggers.under': 'heading above it',
		'triggers.outage': 'a clock watches it: down for longer than this; else people confirm it',
		'triggers.atLimit': '`true`: it fires at that length, not only above it',
		'triggers.ask': 'role or roles that confirm it; who closes the cutover unless set',
		'triggers.says': 'the part of the text that is meant, where it says several',
		'rollback.from': 'words of the step',
		'rollback.under': 'heading above it',
		'rollback.path': '`preferred` or `fallback`; preferred unless set',
		'rollback.by': '`hand`: people do it',
		'rollback.run': 'script with its arguments, which must stand there; `code` for that of the place',
		'rollback.workflow': 'workflow file that is dispatched',
		'rollback.with.*': 'an input of the workflow',
		'rollback.reference': 'document that describes it',
		'signOffs.from': 'words of the place that is signed',
		'signOffs.under': 'heading above it',
		'signOffs.role': 'role that signs',
		ignore: 'headings that are left out, with all under them; `{from, under}` where the words stand twice',
		'reviewed.by': 'who looked at the map; without it no cutover begins',
		'reviewed.on': 'the day of it',
		'reviewed.parts.*': 'digest of what stood there then; written by `adopt`',
	},
});
