/* What the settings say of the world outside: endpoints, certificate authorities, where a workflow is dispatched, whom to notify. */
import * as z from 'zod/mini';
import {rollbackInForce} from './apply.ts';
import {checkRollback} from './check.ts';
import {endpoints} from './endpoints.ts';
import {notify} from './notify.ts';
import {address, anyPath} from './schemas.ts';
import {setting} from './setting.ts';
import {rollback} from './shape.ts';

export const outside = {
	endpoints,
	control: setting({
		schema: address,
		docs: {'': 'a second address, `host:port`, that tells our own network from their service'},
		apply: (draft, control) => ({...draft, control}),
	}),
	quorum: setting({
		schema: z
			.number()
			.check(z.refine(value => Number.isInteger(value) && value >= 1, {error: 'settings-type:a whole number from 1'})),
		docs: {'': 'how many hosts must see an outage for it to count; 1 unless set'},
		apply: (draft, quorum) => ({...draft, quorum}),
	}),
	durability: setting({
		schema: z.literal('attested'),
		docs: {
			'': '`attested`: the database keeps what it acknowledged although it shows no synchronous standby, as managed services do',
		},
		apply: (draft, durability) => ({...draft, durability}),
	}),
	ca: setting({
		schema: z.union([anyPath, z.array(anyPath)]),
		docs: {'': 'PEM file, or files, of certificate authorities that are trusted besides'},
		apply: (draft, files) => ({...draft, ca: [files].flat()}),
	}),
	rollback: setting({
		schema: rollback,
		apply: (draft, set) => ({...draft, rollback: rollbackInForce(draft.rollback, set)}),
		check: checkRollback,
	}),
	notify,
};
