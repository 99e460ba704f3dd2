/* Keys and pastes of nobody's making, the same ones again from the same seed. */
import type {EventType} from '../../source/cutover/model/event.ts';

/** A small generator with a seed: the same keys again from the same number. */
export const random = (seed: number): (() => number) => {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
};

export const keyNames =
	'enter esc tab shift-tab up down left right home end page-up page-down backspace delete ctrl-a ctrl-e ctrl-k ctrl-u ctrl-w alt-b alt-f alt-d space f1'.split(
		' ',
	);
export const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789.:!/?[]-+= '];
export const pastes = [
	'GO\r',
	'T0\r',
	'ROLLBACK\r',
	'KEEP\r',
	'CLOSE',
	'y\r',
	'yes',
	'22:30',
	'a\nb\nc',
	'\u001b[2J',
	'ABANDON\r',
];

const final: ReadonlySet<EventType> = new Set<EventType>([
	'abandoned',
	'byHand',
	'closed',
	'fired',
	'goGiven',
	'kept',
	'rollbackBegun',
	't0Begun',
]);

/** An entry that cannot be taken back. */
export const isFinal = ({type, data}: {readonly type: EventType; readonly data: object}): boolean =>
	final.has(type) || (type === 'voted' && 'vote' in data && data.vote !== 'no-go');
