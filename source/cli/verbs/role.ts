/* `role ROLE --to NAME` hands a role over, `role ROLE --take` takes it over. */
import {one} from '../act.ts';
import {known, UsageError} from '../usage-error.ts';

export const run = one(({call, runbook}) => {
	const role = known('role', call.must(0).trim().replaceAll(/\s+/g, '-'), runbook.roles);
	const to = call.text('to');
	if (call.flag('take') === (to !== null))
		throw new UsageError('Say what happens to the role: --to NAME, or --take --reason TEXT.');
	return to === null
		? {type: 'takeRole', data: {role, reason: call.text('reason') ?? ''}}
		: {type: 'handRole', data: {role, to}};
});
