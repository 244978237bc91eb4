import {expect, test} from '@jest/globals';
import {parseServiceState} from '../../../../src/platform/systemd/detect/service-state.ts';

test.each([
	['UnitFileState=masked', {masked: true, enabled: false}],
	// Until the next reboot (systemctl(1), mask --runtime).
	['UnitFileState=masked-runtime', {masked: true, enabled: false}],
	['UnitFileState=enabled', {masked: false, enabled: true}],
	['SubState=auto-restart', {awaitsRestart: true}],
	// systemd 254 and later.
	['SubState=auto-restart-queued', {awaitsRestart: true}],
])('%s', (line, state) => {
	expect(parseServiceState(`ActiveState=inactive\n${line}\n`)).toMatchObject(state);
});
