# The installed program sets Vira up on a simulated machine.
{ runCommand, vira-setup }:
runCommand "vira-setup-simulated" { nativeBuildInputs = [ vira-setup ]; } ''
  export HOME=$TMPDIR
  for machine in linux macos; do
    vira-setup --simulate $machine --non-interactive --json | tee $machine.json
    grep --quiet '"outcome": *"installed"' $machine.json
  done
  test -e ${vira-setup}/share/man/man1/vira-setup.1.gz
  test -e ${vira-setup}/share/bash-completion/completions/vira-setup.bash
  touch $out
''
