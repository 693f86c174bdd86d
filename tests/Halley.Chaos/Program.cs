using Halley.Chaos;

// As a victim this program works on a store until it is killed; otherwise it runs the tests.
if (args is ["victim", var work, var folder, .. var rest])
    return await Victim.RunAsync(work, folder, rest);
if (args.Any(argument => argument is "--server" or "--internal-msbuild-node"))
{
    return await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
        args,
        SelfRegisteredExtensions.AddSelfRegisteredExtensions
    );
}
return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
