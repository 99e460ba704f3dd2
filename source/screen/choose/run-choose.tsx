/* The page that chooses while it is open: from the first frame to the row that is taken, or the key that leaves. */
import {useReducer} from 'react';
import {safe} from '../../text/clean.ts';
import {sizeOf, useTick} from '../hooks.ts';
import {type PageEvent, type PageOptions, type PageProps, runPage, usePage} from '../page.tsx';
import {Paint} from '../panels/paint.tsx';
import type {Left} from '../screen-options.ts';
import {chooseLines} from './choose-lines.ts';
import {type ChooseModel, openChoose, pressChoose} from './choose-model.ts';
import type {Choice, Choices} from './choosing.ts';

type Event = PageEvent | {readonly kind: 'ticked'; readonly now: number};

const reduceFrom =
	(comesFrom: string | null) =>
	(model: ChooseModel, action: Event): ChooseModel => {
		if (action.kind === 'sized') return {...model, size: action.size};
		if (action.kind === 'ticked') return {...model, open: model.choices.open()};
		return pressChoose(model, action.press, comesFrom);
	};

type Props = PageProps<Choice> & {readonly choices: Choices; readonly comesFrom: string | null};

const Page = ({choices, comesFrom, input, terminal, theme, clock, leave}: Props) => {
	const [model, dispatch] = useReducer(reduceFrom(comesFrom), null, () =>
		openChoose(choices, sizeOf(terminal), comesFrom),
	);
	usePage({input, terminal, clock, leave}, dispatch, model.choice);
	useTick({clock}, dispatch);
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
		left => ({kind: 'ended', left}),
	);
