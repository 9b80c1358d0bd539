@echo off
rem Runs Sluice from its source tree on Windows: builds what is missing or older than its sources, then starts it.
setlocal EnableExtensions DisableDelayedExpansion

for %%I in ("%~dp0..") do set "root=%%~fI"
set "dist=%root%\packaging\target\dist"
set "stamp=%root%\packaging\target\sluice-built"

set "command=%~1"
if "%command%"=="" set "command=console"
if /i "%command%"=="-h" goto usage
if /i "%command%"=="--help" goto usage
if /i "%command%"=="help" goto usage
if /i "%command%"=="console" goto prepare
if /i "%command%"=="service" goto prepare
if /i "%command%"=="demo" goto prepare
>&2 echo sluice: unknown command '%command%'
call :print_usage 1>&2
exit /b 2

:usage
call :print_usage
exit /b 0

:print_usage
echo usage: packaging\sluice [console ^| service ^| demo] [options]
echo.
echo   console   the desktop console; starts a service of its own unless --connect names one
echo             options: --connect URL --token-file F --data-dir DIR --port N --theme light^|dark^|system
echo   service   the service in the foreground, until Ctrl-C
echo             options: --port N --bind ADDRESS --data-dir DIR --simulate --version, and more (--help)
echo             service token create^|list^|revoke: who may use it
echo             service check-config [options]: would it start?
echo   demo      plays bursts, streams and single requests against a running service
echo             options: --url URL --org NAME --rounds N ^| --forever
echo.
echo Without a command: the console. COMMAND --help lists a command's own options.
echo.
echo environment:
echo   JAVA_HOME         a JDK 25 or newer; otherwise java on the PATH
echo   SLUICE_JAVA_OPTS  further JVM options, separated by spaces
echo   SLUICE_BUILD      auto (default): build if something changed; never: run what is built
exit /b 0

:prepare
set "jdk="
call :try_jdk "%JAVA_HOME%"
if not defined jdk for /f "delims=" %%J in ('where java 2^>nul') do if not defined jdk call :try_java "%%J"
if not defined jdk (
    >&2 echo sluice: no JDK 25 or newer found. Install one ^(https://adoptium.net^), or set JAVA_HOME to it.
    exit /b 1
)
if /i "%SLUICE_BUILD%"=="never" goto built
call :is_stale
if errorlevel 1 goto start

where mvn >nul 2>nul
if errorlevel 1 (
    >&2 echo sluice: Maven 3.8 or newer is needed to build ^('mvn' is not on the PATH^)
    exit /b 1
)
>&2 echo sluice: building (the first time takes a minute or two)
if not exist "%root%\packaging\target" mkdir "%root%\packaging\target"
rem edits made during the build count as newer than it
type nul > "%stamp%.new"
if exist "%dist%" rmdir /s /q "%dist%"
set "caller_java_home=%JAVA_HOME%"
set "JAVA_HOME=%jdk%"
call mvn -B -q -Dstyle.color=never -f "%root%\pom.xml" -pl packaging -am package -DskipTests 1>&2 <nul
if errorlevel 1 (
    >&2 echo sluice: the build failed; its output is above
    exit /b 1
)
set "JAVA_HOME=%caller_java_home%"
move /y "%stamp%.new" "%stamp%" >nul
goto start

:built
if not exist "%dist%\lib\%command%" (
    >&2 echo sluice: nothing is built, and SLUICE_BUILD=never
    exit /b 1
)

:start
rem what follows the command; %* would repeat the command itself
set "rest="
:next
shift
if [%1]==[] goto run
set rest=%rest% %1
goto next

:run
if /i "%command%"=="console" (
    "%jdk%\bin\java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xms64m -Xmx512m "-Dsluice.service.classpath=%dist%\lib\service\*" %SLUICE_JAVA_OPTS% -cp "%dist%\lib\console\*" dev.sluice.ui.app.Main %rest%
) else if /i "%command%"=="service" (
    "%jdk%\bin\java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xms64m -Xmx512m -XX:CompileThresholdScaling=2 -XX:+ExitOnOutOfMemoryError %SLUICE_JAVA_OPTS% -cp "%dist%\lib\service\*" dev.sluice.service.Main %rest%
) else (
    "%jdk%\bin\java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx128m %SLUICE_JAVA_OPTS% -cp "%dist%\lib\demo\*" dev.sluice.packaging.Demo %rest%
)
exit /b %errorlevel%

rem Succeeds if something must be built: no stamp, or a source newer than it.
:is_stale
if not exist "%stamp%" exit /b 0
if not exist "%dist%\lib\%command%" exit /b 0
powershell -NoProfile -Command "$s = (Get-Item $env:stamp).LastWriteTime; $p = @(Join-Path $env:root 'pom.xml') + @('shared-model', 'app-service', 'app-ui', 'packaging' | ForEach-Object { Join-Path $env:root ($_ + '\pom.xml'); Join-Path $env:root ($_ + '\src\main') }) ; if (Get-ChildItem -Recurse -Path $p | Where-Object { $_.LastWriteTime -gt $s } | Select-Object -First 1) { exit 0 } else { exit 1 }"
exit /b %errorlevel%

:try_java
for %%I in ("%~dp1..") do call :try_jdk "%%~fI"
exit /b 0

:try_jdk
if "%~1"=="" exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%V in ('findstr /b JAVA_VERSION= "%~1\release"') do for /f "delims=.-+ tokens=1" %%M in ("%%~V") do if %%M geq 25 set "jdk=%~1"
exit /b 0
