/* `set FIELD VALUE`, `set FIELD --not-recorded --reason TEXT`: what only a person knows of the evidence. */
import {one} from '../act.ts';
import {field, fieldOrSignOff} from '../names.ts';
import {UsageError} from '../usage-error.ts';

export const run = one(acting => {
	const {call} = acting;
	const value = call.word(1);
	if (!call.flag('not-recorded')) {
		const name = field(acting, call.must(0));
		if (value === null) throw new UsageError(`Give "${name}" a value, or say --not-recorded --reason TEXT.`);
		return {type: 'setField', data: {field: name, value}};
	}
	const what = fieldOrSignOff(acting, call.must(0));
	if (value !== null) throw new UsageError('Either a value or --not-recorded, not both.');
	return {type: 'setNotRecorded', data: {what, reason: call.text('reason') ?? ''}};
});
