/* `set FIELD VALUE`, `set FIELD --not-recorded --reason TEXT`: what only a person knows of the evidence. */
import {one} from '../act.ts';
import {Misuse} from '../misuse.ts';
import {field, fieldOrSignOff} from '../names.ts';

export const run = one(acting => {
	const {call} = acting;
	const value = call.word(1);
	if (!call.flag('not-recorded')) {
		const name = field(acting, call.must(0));
		if (value === null) throw new Misuse(`Give "${name}" a value, or say --not-recorded --reason TEXT.`);
		return {type: 'setField', data: {field: name, value}};
	}
	const what = fieldOrSignOff(acting, call.must(0));
	if (value !== null) throw new Misuse('Either a value or --not-recorded, not both.');
	return {type: 'setNotRecorded', data: {what, reason: call.text('reason') ?? ''}};
});
