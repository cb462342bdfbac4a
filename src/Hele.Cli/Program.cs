System.Console.WriteLine("hele");
