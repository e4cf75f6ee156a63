# Installs comfydock: fetches the program for this system, checks its SHA-256 and puts it into a directory on PATH.
# usage: install.ps1 [-From ADDRESS] [-Version VERSION] [-Directory DIRECTORY] [-KeepPath]
param(
  # The repository that publishes releases; a release writes its own address here.
  [string] $From = $env:COMFYDOCK_FROM,
  [string] $Version = "",
  [string] $Directory = $(if ($env:COMFYDOCK_INSTALL_DIR) { $env:COMFYDOCK_INSTALL_DIR }
    else { Join-Path $env:LOCALAPPDATA "comfydock" }),
  # Leaves PATH as it is.
  [switch] $KeepPath
)
$ErrorActionPreference = "Stop"
$ProgressPreference = "SilentlyContinue"
if (-not $From) {
  throw "No address to fetch from; name the repository that publishes comfydock: install.ps1 -From ADDRESS"
}
$name = "comfydock-x86_64-pc-windows-msvc.exe"
$from = $From.TrimEnd("/")
$base = if ($Version) { "$from/releases/download/v$($Version -replace '^v', '')" }
  else { "$from/releases/latest/download" }
$work = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
New-Item -ItemType Directory $work | Out-Null
try {
  Write-Output "Fetching $name from $base"
  $sums = Join-Path $work "SHA256SUMS"
  $program = Join-Path $work $name
  Invoke-WebRequest -UseBasicParsing "$base/SHA256SUMS" -OutFile $sums
  $line = Get-Content $sums | Where-Object { ($_ -split '\s+')[1] -eq $name }
  if (-not $line) { throw "This release has no $name; name another one with -Version" }
  $expected = ($line -split '\s+')[0]
  $target = Join-Path $Directory "comfydock.exe"
  if ((Test-Path $target) -and (Get-FileHash $target -Algorithm SHA256).Hash -eq $expected) {
    Write-Output "$target is what was asked for"
    return
  }
  Invoke-WebRequest -UseBasicParsing "$base/$name" -OutFile $program
  $found = (Get-FileHash $program -Algorithm SHA256).Hash
  if ($found -ne $expected) { throw "$name has the digest $found, not $expected; nothing was installed" }
  New-Item -ItemType Directory -Force $Directory | Out-Null
  $said = & $program --version
  if ($LASTEXITCODE -ne 0) { throw "The program does not start on this system" }
  Move-Item -Force $program $target
  Write-Output "Installed $said as $target"
  if ($KeepPath) { return }
  if (($env:PATH -split ';') -notcontains $Directory) {
    $own = [Environment]::GetEnvironmentVariable("PATH", "User")
    [Environment]::SetEnvironmentVariable("PATH", "$own;$Directory".TrimStart(";"), "User")
    Write-Output "Put $Directory on your PATH; open a new terminal, then try it: comfydock demo"
  } else {
    Write-Output "Try it: comfydock demo"
  }
} finally {
  Remove-Item -Recurse -Force $work
}
