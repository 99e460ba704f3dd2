/* The adopt page while it is open, from the first frame to the key that leaves it. */

import {useEffect, useReducer} from 'react';
import {safe} from '../../text/clean.ts';
import {type PageOptions, type PageProps, runPage} from '../page.tsx';
import {Paint} from '../panels/paint.tsx';
import type {Left} from '../screen-options.ts';
import type {Size} from '../state/view.ts';
import type {Press} from '../terminal/keys-in.ts';
import {adoptLines} from './adopt-lines.ts';
import {type AdoptModel, openAdopt, pressAdopt} from './adopt-model.ts';
import type {Adoption} from './adoption.ts';

type Action = {readonly kind: 'pressed'; readonly press: Press} | {readonly kind: 'sized'; readonly size: Size};

const reduce = (model: AdoptModel, action: Action): AdoptModel =>
	action.kind === 'sized' ? {...model, size: action.size} : pressAdopt(model, action.press);

/** How it was left, and whether the map was written. */
export type AdoptEnd = {readonly left: Left; readonly isWritten: boolean};

type Props = PageProps<AdoptEnd> & {readonly adoption: Adoption};

const Page = ({adoption, input, terminal, theme, leave}: Props) => {
	const [model, dispatch] = useReducer(reduce, null, () => openAdopt(adoption, terminal.size()));
	useEffect(() => {
		const stop = input.keys(press => dispatch({kind: 'pressed', press}));
		return () => void stop();
	}, [input]);
	useEffect(() => terminal.resized(() => dispatch({kind: 'sized', size: terminal.size()})), [terminal]);
	useEffect(() => {
		if (model.left) leave({left: 'left', isWritten: model.mode === 'written'});
	}, [model, leave]);
	return <Paint lines={adoptLines(model, theme)} size={model.size} theme={theme} />;
};

/** Takes the terminal, and gives it back whatever ends the page. */
export const runAdopt = (adoption: Adoption, options: PageOptions): Promise<AdoptEnd> =>
	runPage(
		safe('cutover-tui adopt'),
		options,
		props => <Page {...props} adoption={adoption} />,
		left => ({
			left,
			isWritten: false,
		}),
	);
