<?xml version="1.0" encoding="UTF-8"?>
<#-- Settings placed here directly would lose against the common files; the file named here is read last and wins. -->
<setting-files>
  <file url="${base}/${device.MAC}.xml"/>
</setting-files>
