# Functions that builders of nixpkgs find (its manual: "The standard environment", "installShellFiles").
runHook() { :; }

unpack() {
  if [ -d "$src" ]; then
    cp -r "$src" source
    chmod -R u+w source
    cd source
  else
    tar xzf "$src"
    cd package
  fi
}

substituteInPlace() {
  [ "$2" = --replace-fail ] || exit 1
  local text
  text=$(cat "$1" && echo .)
  [[ $text == *"$3"* ]] || { echo "pattern $3 does not match in $1" >&2; exit 1; }
  printf %s "${text//"$3"/"$4"}" | head -c -1 >"$1.new"
  mv "$1.new" "$1"
}

installManPage() {
  mkdir -p "$out/share/man/man1"
  cp "$@" "$out/share/man/man1"
}

compress_manuals() { gzip -n "$out"/share/man/*/*; }

installShellCompletion() {
  local file name
  for file; do
    name=${file%.*}
    case $file in
      *.bash) install -D "$file" "$out/share/bash-completion/completions/$name.bash" ;;
      *.fish) install -D "$file" "$out/share/fish/vendor_completions.d/$name.fish" ;;
      *.zsh) install -D "$file" "$out/share/zsh/site-functions/_$name" ;;
    esac
  done
}
