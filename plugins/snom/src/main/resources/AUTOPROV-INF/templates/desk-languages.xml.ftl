<?xml version="1.0" encoding="UTF-8"?>
<#-- gui_lang.xml names the languages of the display, web_lang.xml those of the web pages. -->
<#assign kind = fileName?keep_before("_")>
<${kind}-languages>
<#list {"DE": "Deutsch", "EN": "English", "ES": "Espanol", "FR": "Francais", "NL": "Dutch"} as code, name>
  <language url="${base}/i18n/${kind}_lang_${code}.xml" name="${name}"/>
</#list>
</${kind}-languages>
