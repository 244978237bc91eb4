const names = (text: string): readonly string[] => text.trim().split(/\s+/u);

/** What `systemd --dump-configuration-items` lists in [Service], with systemd 247. */
const since247 = names(`
	AllowedCPUs AllowedMemoryNodes AmbientCapabilities AppArmorProfile BindPaths BindReadOnlyPaths
	BlockIOAccounting BlockIODeviceWeight BlockIOReadBandwidth BlockIOWeight BlockIOWriteBandwidth BusName
	CPUAccounting CPUAffinity CPUQuota CPUQuotaPeriodSec CPUSchedulingPolicy CPUSchedulingPriority
	CPUSchedulingResetOnFork CPUShares CPUWeight CacheDirectory CacheDirectoryMode CapabilityBoundingSet
	ConfigurationDirectory ConfigurationDirectoryMode CoredumpFilter DefaultMemoryLow DefaultMemoryMin
	Delegate DeviceAllow DevicePolicy DisableControllers DynamicUser Environment EnvironmentFile
	ExecCondition ExecReload ExecStart ExecStartPost ExecStartPre ExecStop ExecStopPost FailureAction
	FileDescriptorStoreMax FinalKillSignal Group GuessMainPID IOAccounting IODeviceLatencyTargetSec
	IODeviceWeight IOReadBandwidthMax IOReadIOPSMax IOSchedulingClass IOSchedulingPriority IOWeight
	IOWriteBandwidthMax IOWriteIOPSMax IPAccounting IPAddressAllow IPAddressDeny IPEgressFilterPath
	IPIngressFilterPath IgnoreSIGPIPE InaccessibleDirectories InaccessiblePaths KeyringMode KillMode
	KillSignal LimitAS LimitCORE LimitCPU LimitDATA LimitFSIZE LimitLOCKS LimitMEMLOCK LimitMSGQUEUE
	LimitNICE LimitNOFILE LimitNPROC LimitRSS LimitRTPRIO LimitRTTIME LimitSIGPENDING LimitSTACK
	LoadCredential LockPersonality LogExtraFields LogLevelMax LogNamespace LogRateLimitBurst
	LogRateLimitIntervalSec LogsDirectory LogsDirectoryMode ManagedOOMMemoryPressure
 ManagedOOMSwap MemoryAccounting MemoryDenyWriteExecute MemoryHigh
	MemoryLimit MemoryLow MemoryMax MemoryMin MemorySwapMax MountAPIVFS MountFlags MountImages NUMAMask
	NUMAPolicy NetworkNamespacePath Nice NoNewPrivileges NonBlocking NotifyAccess OOMPolicy OOMScoreAdjust
	PAMName PIDFile PassEnvironment PermissionsStartOnly Personality PrivateDevices PrivateMounts
	PrivateNetwork PrivateTmp PrivateUsers ProcSubset ProtectClock ProtectControlGroups ProtectHome
	ProtectHostname ProtectKernelLogs ProtectKernelModules ProtectKernelTunables ProtectProc ProtectSystem
	ReadOnlyDirectories ReadOnlyPaths ReadWriteDirectories ReadWritePaths RebootArgument RemainAfterExit
	RemoveIPC Restart RestartForceExitStatus RestartKillSignal RestartPreventExitStatus RestartSec
	RestrictAddressFamilies RestrictNamespaces RestrictRealtime RestrictSUIDSGID RootDirectory
	RootDirectoryStartOnly RootHash RootHashSignature RootImage RootImageOptions RootVerity RuntimeDirectory
	RuntimeDirectoryMode RuntimeDirectoryPreserve RuntimeMaxSec SELinuxContext SecureBits SendSIGHUP
	SendSIGKILL SetCredential Slice SmackProcessLabel Sockets StandardError StandardInput StandardInputData
	StandardInputText StandardOutput StartLimitAction StartLimitBurst StartLimitInterval StartupBlockIOWeight
	StartupCPUShares StartupCPUWeight StartupIOWeight StateDirectory StateDirectoryMode SuccessExitStatus
	SupplementaryGroups SyslogFacility SyslogIdentifier SyslogLevel SyslogLevelPrefix SystemCallArchitectures
	SystemCallErrorNumber SystemCallFilter SystemCallLog TTYPath TTYReset TTYVHangup TTYVTDisallocate
	TasksAccounting TasksMax TemporaryFileSystem TimeoutAbortSec TimeoutCleanSec TimeoutSec
	TimeoutStartFailureMode TimeoutStartSec TimeoutStopFailureMode TimeoutStopSec TimerSlackNSec Type UMask
	USBFunctionDescriptors USBFunctionStrings UnsetEnvironment User UtmpIdentifier UtmpMode WatchdogSec
	WatchdogSignal WorkingDirectory
`);

/** What 252 adds. */
const since252 = names(`
	BPFProgram ExecPaths ExecSearchPath ExitType ExtensionDirectories ExtensionImages IPCNamespacePath
	LoadCredentialEncrypted ManagedOOMMemoryPressureLimit ManagedOOMPreference NoExecPaths PrivateIPC
	RestrictFileSystems RestrictNetworkInterfaces RuntimeRandomizedExtraSec SetCredentialEncrypted
	SocketBindAllow SocketBindDeny StartupAllowedCPUs StartupAllowedMemoryNodes TTYColumns TTYRows
`);

/** What 257 adds. */
const since257 = names(`
	BindLogSockets CoredumpReceive DefaultStartupMemoryLow DelegateSubgroup ExtensionImagePolicy
	FileDescriptorStorePreserve ImportCredential LogFilterPatterns ManagedOOMMemoryPressureDurationSec
	MemoryKSM MemoryPressureThresholdSec MemoryPressureWatch MemoryZSwapMax MemoryZSwapWriteback
	MountImagePolicy NFTSet OpenFile PrivatePIDs ReloadSignal RestartMaxDelaySec RestartMode RestartSteps
	RootEphemeral RootImagePolicy SetLoginEnvironment StartupMemoryHigh StartupMemoryLow StartupMemoryMax
	StartupMemorySwapMax StartupMemoryZSwapMax
`);

/** The names of [Service] that this version of systemd knows. */
export const serviceKeys = (systemd: number): readonly string[] =>
	[since247, ...(systemd >= 252 ? [since252] : []), ...(systemd >= 257 ? [since257] : [])].flat().toSorted();

/** What 252 lists in [Unit]. */
export const unitKeys = names(`
	After AllowIsolate AssertACPower AssertArchitecture AssertCPUFeature AssertCPUPressure AssertCPUs
	AssertCapability AssertControlGroupController AssertCredential AssertDirectoryNotEmpty AssertEnvironment
	AssertFileIsExecutable AssertFileNotEmpty AssertFirstBoot AssertGroup AssertHost AssertIOPressure
	AssertKernelCommandLine AssertKernelVersion AssertMemory AssertMemoryPressure AssertNeedsUpdate
	AssertOSRelease AssertPathExists AssertPathExistsGlob AssertPathIsDirectory AssertPathIsEncrypted
	AssertPathIsMountPoint AssertPathIsReadWrite AssertPathIsSymbolicLink AssertSecurity AssertUser
	AssertVirtualization Before BindTo BindsTo CollectMode ConditionACPower ConditionArchitecture
	ConditionCPUFeature ConditionCPUPressure ConditionCPUs ConditionCapability
	ConditionControlGroupController ConditionCredential ConditionDirectoryNotEmpty ConditionEnvironment
	ConditionFileIsExecutable ConditionFileNotEmpty ConditionFirmware ConditionFirstBoot ConditionGroup
	ConditionHost ConditionIOPressure ConditionKernelCommandLine ConditionKernelVersion ConditionMemory
	ConditionMemoryPressure ConditionNeedsUpdate ConditionOSRelease ConditionPathExists
	ConditionPathExistsGlob ConditionPathIsDirectory ConditionPathIsEncrypted ConditionPathIsMountPoint
	ConditionPathIsReadWrite ConditionPathIsSymbolicLink ConditionSecurity ConditionUser
	ConditionVirtualization Conflicts DefaultDependencies Description Documentation FailureAction
	FailureActionExitStatus IgnoreOnIsolate JobRunningTimeoutSec JobTimeoutAction JobTimeoutRebootArgument
	JobTimeoutSec JoinsNamespaceOf OnFailure OnFailureIsolate OnFailureJobMode OnSuccess OnSuccessJobMode
	PartOf PropagateReloadFrom PropagateReloadTo PropagatesReloadTo PropagatesStopTo RebootArgument
	RefuseManualStart RefuseManualStop ReloadPropagatedFrom Requires RequiresMountsFor RequiresOverridable
	Requisite RequisiteOverridable SourcePath StartLimitAction StartLimitBurst StartLimitInterval
	StartLimitIntervalSec StopPropagatedFrom StopWhenUnneeded SuccessAction SuccessActionExitStatus Upholds
	Wants
`);

/** Keys with a boolean value. */
export const booleanKeys = names(`
	BlockIOAccounting CPUAccounting CPUSchedulingResetOnFork DynamicUser GuessMainPID IOAccounting
	IPAccounting IgnoreSIGPIPE LockPersonality MemoryAccounting MemoryDenyWriteExecute NoNewPrivileges
	NonBlocking PermissionsStartOnly PrivateDevices PrivateIPC PrivateMounts PrivateNetwork PrivateTmp
	ProtectClock ProtectHostname ProtectKernelLogs ProtectKernelModules ProtectKernelTunables RemainAfterExit
	RemoveIPC RestrictRealtime RestrictSUIDSGID RootDirectoryStartOnly SendSIGHUP SendSIGKILL
	SyslogLevelPrefix TTYReset TTYVHangup TTYVTDisallocate TasksAccounting
`);

/** Keys with a plain time span. */
export const timeSpanKeys = names(`
	LogRateLimitIntervalSec RestartSec RuntimeMaxSec RuntimeRandomizedExtraSec StartLimitInterval WatchdogSec
`);

/** Keys with an amount of memory. */
export const memoryKeys = names('MemoryHigh MemoryLimit MemoryLow MemoryMax MemoryMin MemorySwapMax');
