<?xml version="1.0" encoding="UTF-8"?>
<#-- The list of common setting files; a phone reads them in this order. -->
<setting-files>
  <file url="${base}/snom-general.xml"/>
  <file url="${base}/snom${device.model}.xml"/>
  <file url="${base}/gui_lang.xml"/>
  <file url="${base}/web_lang.xml"/>
</setting-files>
