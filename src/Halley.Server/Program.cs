using Halley.Data;
using Halley.Registry;
using Halley.Server;

// The server alone, as one native file: halley-server STORE ENVIRONMENT [ADDRESS]. 'halley serve' is the same with the pages.
if (args.Length is < 2 or > 3)
{
    Console.Error.WriteLine("usage: Halley.Server STORE ENVIRONMENT [ADDRESS]");
    return 2;
}
try
{
    var options = new ServerOptions
    {
        Store = args[0],
        Environment = args[1],
        Places = StorePlaces.FromEnvironment(),
        Access = AccessOptions.FromEnvironment(),
        Monitoring = MonitorOptions.FromEnvironment(),
    }.WithVariables();
    await using var app = DecisionServer.Build(
        args.Length == 3 ? options with { Address = args[2] } : options,
        TimeProvider.System
    );
    await app.RunAsync();
    return 0;
}
catch (HalleyException problem)
{
    Console.Error.WriteLine(problem.Message);
    return problem.Kind == FaultKind.Environment ? 3 : 2;
}
