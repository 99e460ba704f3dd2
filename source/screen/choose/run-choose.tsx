/* The page that chooses while it is open: from the first frame to the row that is taken, or the key that leaves. */
import {useEffect, useReducer} from 'react';
import {safe} from '../../text/clean.ts';
import {type PageOptions, type PageProps, runPage} from '../page.tsx';
import {Paint} from '../panels/paint.tsx';
import type {Left} from '../screen-options.ts';
import type {Size} from '../state/view.ts';
import type {Press} from '../terminal/keys-in.ts';
import {chooseLines} from './choose-lines.ts';
import {type ChooseModel, openChoose, pressChoose} from './choose-model.ts';
import type {Choice, Choices} from './choosing.ts';

type Action =
	| {readonly kind: 'pressed'; readonly press: Press}
	| {readonly kind: 'sized'; readonly size: Size}
	| {readonly kind: 'ticked'};

const reduceFrom =
	(comesFrom: string | null) =>
	(model: ChooseModel, action: Action): ChooseModel => {
		if (action.kind === 'sized') return {...model, size: action.size};
		if (action.kind === 'ticked') return {...model, open: model.choices.open()};
		return pressChoose(model, action.press, comesFrom);
	};

type Props = PageProps<Choice> & {readonly choices: Choices; readonly comesFrom: string | null};

const Page = ({choices, comesFrom, input, terminal, theme, clock, leave}: Props) => {
	const [model, dispatch] = useReducer(reduceFrom(comesFrom), null, () =>
		openChoose(choices, terminal.size(), comesFrom),
	);
	useEffect(() => {
		const stop = input.keys(press => dispatch({kind: 'pressed', press}));
		return () => void stop();
	}, [input]);
	useEffect(() => terminal.resized(() => dispatch({kind: 'sized', size: terminal.size()})), [terminal]);
	useEffect(() => clock.every(1000, () => dispatch({kind: 'ticked'})), [clock]);
	useEffect(() => {
		if (model.choice !== null) leave(model.choice);
	}, [model, leave]);
	return <Paint lines={chooseLines(model, comesFrom !== null, theme)} size={model.size} theme={theme} />;
};

/** `comesFrom`: id of the cutover that Esc goes back to. */
export const runChoose = (
	choices: Choices,
	comesFrom: string | null,
	options: PageOptions,
): Promise<Choice | {readonly kind: 'ended'; readonly left: Left}> =>
	runPage(
		safe('cutover-tui'),
		options,
		props => <Page {...props} choices={choices} comesFrom={comesFrom} />,
		left => ({
			kind: 'ended',
			left,
		}),
	);
