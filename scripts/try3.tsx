import {render} from 'ink';
import {Wizard} from '../src/ui/ink/app.tsx';
import {createStore} from '../src/ui/ink/store.ts';
import {firstState, wizardAfter} from '../src/ui/ink/wizard-state.ts';
import {fakeTerminal} from '../__tests__/ui/ink/fake-terminal.ts';
import {question, fine} from '../__tests__/ui/ink/fixture.ts';
for (const [c, r] of [[80, 24], [200, 60]] as const) {
	const t = fakeTerminal(c, r);
	const store = createStore(wizardAfter(firstState({columns: c, rows: r}), {type: 'asked', question: question({advice: fine})}));
	const times: number[] = [];
	const app = render(<Wizard store={store} title={{version: '1', simulation: false}} colour />, {stdout: t.stdout, stdin: t.stdin, interactive: true, incrementalRendering: true, patchConsole: false, alternateScreen: true, maxFps: 1000, onRender: ({renderTime}) => times.push(renderTime)});
	const took: number[] = [];
	for (let i = 0; i < 60; i++) {
		const b = performance.now();
		store.send({type: 'formed', event: {form: 'move', by: i % 10 < 5 ? 1 : -1}});
		await new Promise<void>((q) => queueMicrotask(q));
		await Promise.resolve(); 
		took.push(performance.now() - b);
		await new Promise((q) => setTimeout(q, 20));
	}
	const med = (a: number[]) => a.toSorted((x, y) => x - y)[Math.floor(a.length / 2)];
	console.log(c, r, 'renders', times.length, 'render ms', med(times), 'send→commit ms', med(took));
	app.unmount();
}
process.exit(0);
