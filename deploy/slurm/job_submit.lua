--[[
Asks the gate whether a job may run, when it is submitted and when it is changed (JobSubmitPlugins=lua, beside slurm.conf).
Needs LuaSocket (Debian: lua-socket). Where the gate does not answer in time, what the agreement says for that holds, and
for half a minute nobody waits again: the scheduler goes on.
What a job is for is told in its comment: sbatch --comment="activity=training run=aster/big use=medicine".
--]]
local SOCKET = os.getenv("STANDSTILL_GATE_SOCKET") or "/run/standstill/gate.sock"
local WHEN_UNSURE = os.getenv("STANDSTILL_GATE_WHEN_UNSURE") or "refuse"
local TIMEOUT_SECONDS = 0.5
local QUIET_SECONDS = 30
-- Types of gres by their names in the agreement; a type that is not here counts as the fastest accelerator there.
local ACCELERATORS = { h100 = "h100-sxm5", h200 = "h200-sxm" }
local NO_VAL = 4294967294
local quiet_until = 0

local function number_or(value, default)
  if value == nil or value == 0 or value >= NO_VAL - 2 then return default end
  return value
end

-- "gres:gpu:h100:2,gres:gpu:1" and the like: how many, and of which type.
local function gpus_in(tres)
  local count, kind = 0, nil
  for part in string.gmatch(tres or "", "[^,]+") do
    part = string.gsub(string.gsub(part, "^gres[:/]", ""), "%(.*%)$", "")
    if part == "gpu" then
      count = count + 1
    else
      local plain = string.match(part, "^gpu[:=](%d+)$")
      local name, typed = string.match(part, "^gpu[:/]([%w_%-]+)[:=](%d+)$")
      local lone = string.match(part, "^gpu:([%a][%w_%-]*)$")
      count = count + tonumber(plain or typed or (lone and 1) or 0)
      kind = name or lone or kind
    end
  end
  return count, kind
end

-- "0-15%4,20": how many tasks may run at once.
local function tasks_in(array)
  if array == nil or array == "" then return 1 end
  local limit = string.match(array, "%%(%d+)")
  local tasks = 0
  for part in string.gmatch(string.gsub(array, "%%%d+", ""), "[^,]+") do
    local from, to, step = string.match(part, "^(%d+)%-(%d+):?(%d*)$")
    if from then
      step = tonumber(step ~= "" and step or 1)
      tasks = tasks + math.floor((tonumber(to) - tonumber(from)) / math.max(1, step)) + 1
    else
      tasks = tasks + 1
    end
  end
  if limit then tasks = math.min(tasks, tonumber(limit)) end
  return math.max(1, tasks)
end

local function job_of(desc, name)
  -- "--nodes=4-8" may be given eight.
  local nodes = math.max(number_or(desc.min_nodes, 1), number_or(desc.max_nodes, 1))
  local per_job, kind_job = gpus_in(desc.tres_per_job)
  local per_node, kind_node = gpus_in(desc.tres_per_node or desc.gres)
  local per_task, kind_task = gpus_in(desc.tres_per_task)
  local per_socket, kind_socket = gpus_in(desc.tres_per_socket)
  local sockets = number_or(desc.sockets_per_node, 8)
  local all = math.max(per_job, per_node * nodes, per_task * number_or(desc.num_tasks, nodes),
    per_socket * sockets * nodes)
  local minutes = number_or(desc.time_limit, nil)
  local job = {
    string.format('"op":"check","job":"%s","accelerators":%d,"tasks":%d', name, all, tasks_in(desc.array_inx)),
    string.format('"seconds":%s', minutes and tostring(minutes * 60) or "null"),
  }
  local kind = ACCELERATORS[kind_job or kind_node or kind_task or kind_socket or ""]
  if kind then job[#job + 1] = string.format('"accelerator":"%s"', kind) end
  for key, value in string.gmatch(desc.comment or "", "(%a+)=([%w._:/%-]+)") do
    if key == "activity" or key == "run" or key == "use" then
      job[#job + 1] = string.format('"%s":"%s"', key, value)
    end
  end
  return all, "{" .. table.concat(job, ",") .. "}\n"
end

local function ask(line)
  local now = os.time()
  if now < quiet_until then return nil, "it did not answer shortly before" end
  local loaded, unix = pcall(require, "socket.unix")
  if not loaded then return nil, "LuaSocket is not installed" end
  -- Older versions of LuaSocket give the constructor itself, newer ones a table.
  local socket = type(unix) == "table" and (unix.stream or unix)() or unix()
  socket:settimeout(TIMEOUT_SECONDS)
  local done, problem = socket:connect(SOCKET)
  local answer
  if done then done, problem = socket:send(line) end
  if done then answer, problem = socket:receive("*l") end
  socket:close()
  if answer == nil then quiet_until = os.time() + QUIET_SECONDS end
  return answer, problem
end

local function decide(desc, name)
  local accelerators, line = job_of(desc, name)
  if accelerators == 0 then return slurm.SUCCESS end
  local answer, problem = ask(line)
  local decision = answer and string.match(answer, '"decision":"(%a+)"')
  if decision == "allow" then return slurm.SUCCESS end
  if decision == "refuse" then
    local sentence = string.match(answer, '"sentence":"(.-[^\\])"') or "The gate refuses it."
    slurm.log_user("%s", (string.gsub(sentence, "\\(.)", "%1")))
    return slurm.ERROR
  end
  local told = answer and (string.match(answer, '"message":"(.-[^\\])"') or answer) or problem
  slurm.log_info("standstill: no answer of the gate (%s); %s", tostring(told), WHEN_UNSURE)
  if WHEN_UNSURE == "allow" then return slurm.SUCCESS end
  slurm.log_user("The gate does not answer (%s). The agreement says to refuse then.", tostring(told))
  return slurm.ERROR
end

function slurm_job_submit(job_desc, part_list, submit_uid)
  return decide(job_desc, "slurm:new-" .. tostring(submit_uid))
end

-- What a change leaves out stays as it was.
local CHANGED = { "time_limit", "tres_per_job", "tres_per_node", "tres_per_task", "tres_per_socket",
  "min_nodes", "max_nodes", "num_tasks", "array_inx", "comment" }

function slurm_job_modify(job_desc, job_rec, part_list, modify_uid)
  local after, is_other = {}, false
  for _, field in ipairs(CHANGED) do
    local value = job_desc[field]
    if type(value) == "number" then value = number_or(value, nil) end
    if value ~= nil and value ~= "" then
      after[field], is_other = value, true
    else
      local had, before = pcall(function() return job_rec[field] end)
      after[field] = had and before or nil
    end
  end
  if not is_other then return slurm.SUCCESS end
  return decide(after, "slurm:" .. tostring(job_rec.job_id))
end

return slurm.SUCCESS
