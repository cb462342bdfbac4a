# Sourced by run, test and bench: the .NET SDK in an environment that may have no HOME and a bare PATH.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true
export PATH="${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}"
if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
  # The package cache and the SDK's own files need a home; without one they go beside the build.
  export HOME="$root/out/home"
  mkdir -p "$HOME"
fi
export DOTNET_CLI_HOME="${DOTNET_CLI_HOME:-$HOME}"

# need_dotnet: dotnet is on the PATH afterwards, or we stop with a sentence.
need_dotnet() {
  local place
  command -v dotnet >/dev/null && return 0
  for place in "${DOTNET_ROOT:-}" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet "$HOME/.dotnet"; do
    if [ -n "$place" ] && [ -x "$place/dotnet" ]; then
      export DOTNET_ROOT="$place" PATH="$place:$PATH"
      return 0
    fi
  done
  echo "Hele needs the .NET 10 SDK, and there is no 'dotnet' on the PATH. Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and start again." >&2
  exit 127
}

# need_sdk ROOT: the SDK that global.json names is there.
need_sdk() {
  local told
  if ! told=$(cd "$1" && dotnet --version 2>&1); then
    printf '%s\n' "$told" >&2
    echo "Hele needs the .NET 10 SDK that global.json names ($(tr -d ' \n' <"$1/global.json"))." >&2
    exit 127
  fi
}
