; The installer for Windows: for one user, without an administrator. `packaging/build.py OUT setup` runs
;   makensis -DVERSION=… -DBUNDLE=folder -DOUT=file.exe setup.nsi
; Compiled on Linux, tried under Wine, and untried on Windows.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel user
Name "Engram Workbench"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Engram Workbench"
InstallDirRegKey HKCU "Software\Engram Workbench" "InstallDir"
ShowInstDetails nevershow

!include "MUI2.nsh"
!include "FileFunc.nsh"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Engram Workbench"
!define CLASSES "Software\Classes"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\workbench.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Engram Workbench"
VIAddVersionKey "FileDescription" "Installer of Engram Workbench"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "The Engram Workbench developers, Apache-2.0"

LangString RUNNING ${LANG_ENGLISH} "Engram Workbench is running. Close its windows and servers, then try again."
LangString RUNNING ${LANG_GERMAN} "Engram Workbench l${U+00E4}uft noch. Schlie${U+00DF}en Sie Fenster und Server, und versuchen Sie es dann noch einmal."

; Windows lets nobody write to the file of a program that runs. Silent, nothing is done then (exit 2).
!macro REFUSE_WHILE_RUNNING PREFIX
Function ${PREFIX}RefuseWhileRunning
  StrCpy $1 "workbench.exe"
look:
  IfFileExists "$INSTDIR\$1" 0 next
  ClearErrors
  FileOpen $0 "$INSTDIR\$1" a
  IfErrors running
  FileClose $0
next:
  StrCmp $1 "workbench-cli.exe" done
  StrCpy $1 "workbench-cli.exe"
  Goto look
running:
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY look
  SetErrorLevel 2
  Quit
done:
FunctionEnd
!macroend
!insertmacro REFUSE_WHILE_RUNNING ""
!insertmacro REFUSE_WHILE_RUNNING "un."

Section
  Call RefuseWhileRunning
  ; Of an older version no file stays behind; the library and settings lie elsewhere.
  IfFileExists "$INSTDIR\uninstall.exe" 0 +2
    RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "Software\Engram Workbench" "InstallDir" "$INSTDIR"
  CreateShortCut "$SMPROGRAMS\Engram Workbench.lnk" "$INSTDIR\workbench.exe"
  WriteRegStr HKCU "${CLASSES}\.brain" "" "EngramWorkbench.Library"
  WriteRegStr HKCU "${CLASSES}\EngramWorkbench.Library" "" "Engram Workbench library"
  WriteRegStr HKCU "${CLASSES}\EngramWorkbench.Library\DefaultIcon" "" "$INSTDIR\workbench.exe,0"
  WriteRegStr HKCU "${CLASSES}\EngramWorkbench.Library\shell\open\command" "" '"$INSTDIR\workbench.exe" "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Engram Workbench"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Engram Workbench developers"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\workbench.exe"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  Call un.RefuseWhileRunning
  ; By name: a folder that somebody chose may have other things in it.
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\LICENSES"
  Delete "$INSTDIR\workbench.exe"
  Delete "$INSTDIR\workbench-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Engram Workbench.lnk"
  DeleteRegKey HKCU "${CLASSES}\.brain"
  DeleteRegKey HKCU "${CLASSES}\EngramWorkbench.Library"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Engram Workbench"
SectionEnd
