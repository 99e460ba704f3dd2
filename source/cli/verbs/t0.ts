/* `t0 WHEN`: sets T0, or confirms it, which ends a hold. A T0 in the past is misuse. */
import {local, stamp} from '../../text/time.ts';
import {one} from '../act.ts';
import {when} from '../args.ts';
import {UsageError} from '../usage-error.ts';

export const run = one(({call, opened}) => {
	const now = opened.clock.now();
	const t0 = when(call.must(0), now);
	if (t0 < now) throw new UsageError(`T0 ${local(t0)} is in the past: it is ${local(now)} now. Name a later one.`);
	return {type: 'schedule', data: {t0: stamp(t0), reason: call.text('reason') ?? ''}};
});
