using Amazon.CDK;
using Halley.Data;
using Halley.Deploy;

// cdk synth: reads environments.json (or the file that HALLEY_ENVIRONMENTS names) and writes every environment's templates.
try
{
    var app = new App();
    HalleyApp.Add(
        app,
        SettingsFile.Read(System.Environment.GetEnvironmentVariable("HALLEY_ENVIRONMENTS") ?? "environments.json")
    );
    app.Synth();
    return 0;
}
catch (HalleyException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 2;
}
