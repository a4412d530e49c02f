<?xml version="1.0" encoding="UTF-8"?>
<#-- {mac} is a macro of the phone. A model with a ramdisk loads that first, which then loads the firmware. -->
<firmware-settings>
<#if ramdisk??>
  <firmware perm="">${base}/${ramdisk}?mac={mac}&amp;chained_url=${base}/${phone}%3Fmac%3D{mac}</firmware>
<#elseif phone??>
  <firmware perm="">${base}/${phone}?mac={mac}</firmware>
</#if>
<#if module??>
  <firmware_uxm perm="">${base}/${module}?mac={mac}</firmware_uxm>
</#if>
</firmware-settings>
