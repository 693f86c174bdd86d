Console.WriteLine("halley");
