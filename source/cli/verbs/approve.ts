/*
`approve`: shows what changed since the approval and approves it. With --confirm DIGEST only what has this digest is
approved: nobody approves what was changed while they read.
*/
import {acting, send} from '../act.ts';
import {approval} from '../approval.ts';
import type {Args} from '../args.ts';
import {say, tell} from '../io.ts';
import {keepBytes} from '../keep-bytes.ts';

const shortest = 8;

const matches = (given: string, digests: readonly string[]): boolean => {
	const wanted = given.toLowerCase().replace(/^sha256:/, '');
	return wanted.length >= shortest && digests.some(digest => digest.replace(/^sha256:/, '').startsWith(wanted));
};

export const run = (call: Args): Promise<number> =>
	acting(call, async context => {
		const {journal, folder} = context.opened;
		const {lines, digests, command, read} = approval(folder, journal, call.io.env);
		(command === null ? tell : say)(call.io, ...(lines ?? []));
		if (command === null) return 2;
		const [given] = call.list('confirm');
		if (given !== undefined && !matches(given, digests)) {
			tell(call.io, `What is there now is ${digests[0] ?? ''}, not ${given}. Read what changed and confirm that.`);
			return 1;
		}
		const done = await send(context, command);
		if (done.recorded !== null) keepBytes(folder, read);
		return done.code;
	});
