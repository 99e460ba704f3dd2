/* The id of what a call sends: its own, or that of the option, which stands for one act. */
import {randomUUID} from 'node:crypto';
import type {Journal} from '../cutover/ports.ts';
import {digestOf} from '../disk/digest.ts';
import type {Args} from './args.ts';
import {UsageError} from './usage-error.ts';

/**
`suffix` tells apart the commands that one call sends. Throws UsageError where the id was given with another act: the answer of that
one would pass for the answer of this one, which nobody did.
*/
export function commandIdOf(call: Args, {entries}: Pick<Journal, 'entries'>, suffix = ''): string {
	const given = call.text('command-id');
	if (given === null) return `${randomUUID()}${suffix}`;
	const own = `${given}#${digestOf(Buffer.from(call.asked())).slice(-8)}`;
	const isOther = (cause: string): boolean =>
		cause.startsWith(`${given}#`) && cause.lastIndexOf('#') === given.length && !cause.startsWith(own);
	const other = entries().find(({cause}) => isOther(cause));
	if (other === undefined) return `${own}${suffix}`;
	throw new UsageError(
		`--command-id ${given} was used for another act, entry ${other.seq} of the log. Give each act an id of its own.`,
	);
}
